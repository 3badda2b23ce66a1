package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"
)

// FileName is the configuration file that is looked for in the working
// directory, and in the folder mawqif of the user's configuration directory.
const FileName = "mawqif.yaml"

// envPrefix begins the environment variables that set a key: MAWQIF_SERVE_ADDR
// sets serve.addr.
const envPrefix = "MAWQIF"

// Loaded is a configuration with where each value comes from.
type Loaded struct {
	Config
	// File is the configuration file that was read; "" if none.
	File string
	// Values holds every key, sorted.
	Values []Value
	// Unknown names variables of the environment that begin like those of
	// mawqif and set nothing, sorted.
	Unknown []string
}

// Origin tells where the value of a key comes from.
func (l Loaded) Origin(key string) string {
	for _, v := range l.Values {
		if v.Key == key {
			return v.Origin
		}
	}
	return ""
}

// Value is the effective value of a key and where it comes from: "default",
// a flag, a variable of the environment or a file.
type Value struct {
	Key    string `json:"key"`
	Value  string `json:"value"`
	Origin string `json:"origin"`
}

// Flags maps keys to the flags that set them.
type Flags map[string]*pflag.Flag

// password matches that of an address, which shall not be there.
var password = regexp.MustCompile(`(://[^/@:]*):[^/]*@`)

// secrets are the keys whose values are not shown.
var secrets = map[string]bool{"neo4j.password": true}

// Load gathers the configuration from the flags and all else;
// path names the configuration file, "" for the usual ones, of which none need
// exist. The error names every fault; what could be loaded is returned with it.
func Load(path string, flags Flags) (Loaded, error) {
	v := viper.New()
	v.SetConfigType("yaml")
	v.SetEnvPrefix(envPrefix)
	v.SetEnvKeyReplacer(envKeys)
	v.AutomaticEnv()
	keys := setDefaults(v)
	l := Loaded{Unknown: unknownEnv(keys)}
	var faults []error
	for key, flag := range flags {
		if err := v.BindPFlag(key, flag); err != nil {
			faults = append(faults, err)
		}
	}
	content, file, err := readFile(path)
	if err == nil && content != nil {
		l.File = file
		if err = v.ReadConfig(bytes.NewReader(content)); err != nil {
			err = fmt.Errorf("%s: %w", file, err)
		}
	}
	if err != nil {
		faults = append(faults, err)
	}
	origins := map[string]string{}
	for _, key := range keys {
		origin := "default"
		switch name := envName(key); {
		case flags[key] != nil && flags[key].Changed:
			origin = "--" + flags[key].Name
		case os.Getenv(name) != "":
			origin = name
		case v.InConfig(key):
			origin = file
		}
		origins[key] = origin
		value := v.GetString(key)
		if secrets[key] {
			value = Secret(value).String()
		}
		value = password.ReplaceAllString(value, "$1:(hidden)@")
		l.Values = append(l.Values, Value{Key: key, Value: value, Origin: origin})
	}
	for _, key := range slices.Sorted(slices.Values(v.AllKeys())) {
		if origins[key] == "" {
			faults = append(faults, fmt.Errorf("%s: there is no such key (%s)", key, file))
		}
	}
	l.Config = Default()
	err = v.Unmarshal(&l.Config, viper.DecodeHook(mapstructure.ComposeDecodeHookFunc(
		mapstructure.TextUnmarshallerHookFunc(), mapstructure.StringToTimeDurationHookFunc(),
	)))
	for _, e := range append(each(err), each(l.Validate())...) {
		var decoding *mapstructure.DecodeError
		if f := (Fault{}); errors.As(e, &f) {
			e = fmt.Errorf("%w (%s)", f, origins[f.Key])
		} else if errors.As(e, &decoding) {
			key := decoding.Name()
			value := v.GetString(key)
			if secrets[key] {
				value = Secret(value).String()
			}
			e = fmt.Errorf("%s: %q is not understood: %w (%s)", key, value, decoding.Unwrap(), origins[key])
		}
		faults = append(faults, e)
	}
	return l, errors.Join(faults...)
}

// each returns the errors that were joined into one.
func each(err error) []error {
	var joined interface{ Unwrap() []error }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &joined):
		return joined.Unwrap()
	}
	return []error{err}
}

var envKeys = strings.NewReplacer(".", "_", "-", "_")

func envName(key string) string { return envPrefix + "_" + strings.ToUpper(envKeys.Replace(key)) }

// setDefaults tells viper every key, or it would not look for it in the
// environment, and returns the keys, sorted.
func setDefaults(v *viper.Viper) []string {
	var keys []string
	var walk func(prefix string, c reflect.Value)
	walk = func(prefix string, c reflect.Value) {
		for i := range c.NumField() {
			key := prefix + c.Type().Field(i).Tag.Get("mapstructure")
			if f := c.Field(i); f.Kind() == reflect.Struct {
				walk(key+".", f)
			} else {
				v.SetDefault(key, fmt.Sprint(f.Interface()))
				keys = append(keys, key)
			}
		}
	}
	walk("", reflect.ValueOf(Default()))
	slices.Sort(keys)
	return keys
}

// readFile returns the content of the configuration file and its name; nil if
// none was named and the usual ones do not exist.
func readFile(path string) ([]byte, string, error) {
	candidates := []string{path}
	if path == "" {
		candidates = []string{FileName}
		if dir, err := os.UserConfigDir(); err == nil {
			candidates = append(candidates, filepath.Join(dir, "mawqif", FileName))
		}
	}
	for _, c := range candidates {
		content, err := os.ReadFile(c)
		if err == nil {
			return content, c, nil
		}
		if path != "" || !errors.Is(err, fs.ErrNotExist) {
			return nil, "", fmt.Errorf("read the configuration file: %w", err)
		}
	}
	return nil, "", nil
}

func unknownEnv(keys []string) []string {
	known := map[string]bool{envPrefix + "_CONFIG": true, envPrefix + "_NEO4J_URI": true} // the latter is for tests
	for _, k := range keys {
		known[envName(k)] = true
	}
	var unknown []string
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		if strings.HasPrefix(name, envPrefix+"_") && !known[name] {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	return unknown
}
