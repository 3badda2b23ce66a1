package export_test

import (
	"io"
	"sync"
	"testing"

	"mawqif/graph"
	"mawqif/graph/export"
	"mawqif/graph/graphtest"
)

// BenchmarkExport writes a graph of 16,000 statements in every format that is
// a stream.
func BenchmarkExport(b *testing.B) {
	s := store(b)
	queue := make(chan graph.Batch)
	var writers sync.WaitGroup
	for range 32 {
		writers.Go(func() {
			for batch := range queue {
				if err := s.Apply(b.Context(), batch); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for batch := range (graphtest.Synthetic{Seed: 1, Statements: 16_000}).Batches() {
		queue <- batch
	}
	close(queue)
	writers.Wait()
	for _, f := range export.Formats {
		if f.Stream == nil {
			continue
		}
		b.Run(f.Name, func(b *testing.B) {
			b.ReportAllocs()
			var m export.Manifest
			for b.Loop() {
				selection := export.Selection{Reader: s, Lang: "en"}
				var err error
				if m, err = selection.Write(b.Context(), f, io.Discard); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(m.Counts.Statements*b.N)/b.Elapsed().Seconds(), "statements/s")
		})
	}
}
