package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"mawqif/graph"
)

// applicationID marks the file as a store of mawqif ("mwqf").
const applicationID = 0x6d777166

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations returns the scripts in order; a file's schema version is how
// many of them it has been through.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	scripts := make([]string, len(names))
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		if err != nil {
			return nil, err
		}
		scripts[i] = string(text)
	}
	return scripts, nil
}

// migrateFile makes the file if there is none, and puts it through the scripts
// that it has not been through, in one transaction.
func migrateFile(ctx context.Context, file file, scripts []string) (err error) {
	if err := checkHeader(file.path); err != nil {
		return err
	}
	db, err := file.open()
	if err != nil {
		return err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	version, err := schemaVersion(ctx, conn, len(scripts))
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, "PRAGMA journal_mode = wal"); err != nil {
		return err
	}
	if version == len(scripts) {
		return nil
	}
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := migrate(ctx, conn, scripts); err != nil {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		return err
	}
	_, err = conn.ExecContext(ctx, "COMMIT")
	return err
}

// checkHeader refuses a file that is no database: SQLite would overwrite one
// that is shorter than a header.
func checkHeader(path string) error {
	const magic = "SQLite format 3\x00"
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.IsDir() || info.Size() == 0 {
		return err // SQLite tells what is wrong with a directory
	}
	header := make([]byte, len(magic))
	if _, err := io.ReadFull(f, header); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: %w", graph.ErrUnavailable, err)
	}
	if string(header) != magic {
		return fmt.Errorf("%w: it is no SQLite file; choose another path", graph.ErrForeign)
	}
	return nil
}

func migrate(ctx context.Context, conn *sql.Conn, scripts []string) error {
	// Another process may have migrated since the version was read.
	version, err := schemaVersion(ctx, conn, len(scripts))
	if err != nil {
		return err
	}
	for i, script := range scripts[version:] {
		if _, err := conn.ExecContext(ctx, script); err != nil {
			return fmt.Errorf("migration %d: %w", version+i+1, err)
		}
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, len(scripts)))
	return err
}

// schemaVersion returns the schema version of a store, 0 for an empty file.
func schemaVersion(ctx context.Context, conn *sql.Conn, newest int) (int, error) {
	var app, version, tables int
	for _, q := range []struct {
		text string
		into *int
	}{
		{"PRAGMA application_id", &app},
		{"PRAGMA user_version", &version},
		{"SELECT count(*) FROM sqlite_schema", &tables},
	} {
		if err := conn.QueryRowContext(ctx, q.text).Scan(q.into); err != nil {
			return 0, err
		}
	}
	switch {
	case app == 0 && version == 0 && tables == 0:
		return 0, nil
	case app != applicationID:
		return 0, fmt.Errorf("%w: the file is a database of another program; choose another path", graph.ErrForeign)
	case version > newest:
		return 0, fmt.Errorf("%w: its schema is %d, this program knows up to %d; use the newer mawqif that wrote it", graph.ErrNewerSchema, version, newest)
	}
	return version, nil
}
