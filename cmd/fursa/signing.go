package main

import (
	"errors"
	"fmt"
	"os"

	"fursa/feeds/sign"
)

// The variables that private keys come from where no file is named: in a
// workflow they are secrets. The password is that of every key which has one.
const (
	keyVariable      = "FURSA_KEY"
	formerVariable   = "FURSA_FORMER_KEY"
	passwordVariable = "FURSA_KEY_PASSWORD"
)

// privateKeys reads the keys that a build signs with: those of the files, else
// those of the environment.
func privateKeys(files []string) ([]sign.Key, error) {
	var keys []sign.Key
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("--key: %w", err)
		}
		key, err := privateKey("--key "+file, text)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	if len(files) > 0 {
		return keys, nil
	}
	for _, name := range []string{keyVariable, formerVariable} {
		text := os.Getenv(name)
		if text == "" {
			continue
		}
		key, err := privateKey(name, []byte(text))
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, nil
}

// privateKey reads a key; from is where it was given.
func privateKey(from string, text []byte) (sign.Key, error) {
	key, err := sign.ReadKey(text, os.Getenv(passwordVariable))
	if errors.Is(err, sign.ErrPassword) {
		return key, usageError{fmt.Errorf("%s: %w; the password is read from %s", from, err, passwordVariable)}
	}
	if err != nil {
		return key, usageError{fmt.Errorf("%s: %w", from, err)}
	}
	return key, nil
}
