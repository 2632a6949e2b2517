package main

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// findData is the city's table, empty where it is not here: in the folder
// that FURSA_DATA names, else in ../shared/data beside the repository.
func findData(repository string) string {
	folder := os.Getenv("FURSA_DATA")
	if folder == "" {
		folder = filepath.Join(repository, "..", "shared", "data")
	}
	file := filepath.Join(folder, "chicago", "programs.csv.gz")
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	return file
}

// eachRow calls f with the number of each row of a table, the header's
// being -1. The row is reused.
func eachRow(file string, f func(i int, row []string) error) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	var r io.Reader = bufio.NewReader(in)
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	table := csv.NewReader(r)
	table.ReuseRecord = true
	for i := -1; ; i++ {
		row, err := table.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = f(i, row)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
}

func countRows(file string) (int, error) {
	n := 0
	err := eachRow(file, func(i int, _ []string) error {
		n = i + 1
		return nil
	})
	if err == nil && n == 0 {
		err = fmt.Errorf("%s: no rows", file)
	}
	return n, err
}

// pick writes n of a table's total rows to another: evenly spread ones, or
// where n is more than there are, all of them again and again with ids of
// their own.
func pick(from, to string, n, total int) error {
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer out.Close()
	table := csv.NewWriter(out)
	for round := 0; round*total < n; round++ {
		left := min(n-round*total, total)
		err := eachRow(from, func(i int, row []string) error {
			if i < 0 {
				if round > 0 {
					return nil
				}
				return table.Write(row)
			}
			if (i+1)*left/total == i*left/total {
				return nil
			}
			return table.Write(renumber(row, round))
		})
		if err != nil {
			return err
		}
	}
	table.Flush()
	return errors.Join(table.Error(), out.Close())
}

// renumber gives a repeated row an id that no other has.
func renumber(row []string, round int) []string {
	if id, err := strconv.Atoi(row[0]); err == nil && round > 0 {
		row[0] = strconv.Itoa(id + round*10_000_000)
	}
	return row
}
