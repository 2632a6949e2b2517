package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/spf13/cobra"

	"fursa/generator"
	"fursa/generator/preview"
	"fursa/generator/watch"
	"fursa/schema/diag"
)

func (a *app) serve() *cobra.Command {
	var address, theme string
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site in a browser while you work on it",
		Long: `Show the site in a browser, drafts included, and load open pages anew whenever
a file changes. Nothing is written. Where a file has an error, its problem is
shown here and in the browser, above the last good site.`,
		Example: "  fursa serve\n  fursa serve --address 127.0.0.1:9000",
		Args:    cobra.NoArgs,
	}
	c.Flags().StringVar(&address, "address", "127.0.0.1:8080", "where to listen")
	c.Flags().StringVar(&theme, "theme", "", "a folder whose files replace the default theme's")
	c.RunE = func(c *cobra.Command, _ []string) error {
		in, err := a.input()
		if err != nil {
			return err
		}
		in.Theme, in.Drafts = theme, true
		listener, err := net.Listen("tcp", address)
		if err != nil {
			return err
		}
		return a.preview(c.Context(), in, listener)
	}
	return c
}

// preview serves the site on a listener and follows its files until ctx ends.
func (a *app) preview(ctx context.Context, in generator.Input, listener net.Listener) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	site, builder, words := preview.New(), generator.NewBuilder(), a.words()
	show := func() error {
		started := time.Now()
		in.Clock = started
		in.BaseURL = ""
		planned, list, err := builder.Plan(ctx, in)
		if err != nil {
			return err
		}
		if err := a.problems(list); err != nil {
			return err
		}
		if planned == nil {
			problems, err := a.counted(list)
			if err != nil {
				return err
			}
			a.say("%s", words.T("good-site-stays", "problems", problems, "address", "http://"+listener.Addr().String()+"/"))
			site.Show(nil, "", errorsOf(list), diag.Style{Lang: a.language()})
			return nil
		}
		base, err := url.Parse(planned.Catalogue.BaseURL)
		if err != nil {
			return err
		}
		outputs := append(planned.Outputs, planned.Ledger(nil))
		site.Show(outputs, base.Path, list, diag.Style{})
		a.say("%s", words.T("served", "listings", words.N("listings", len(planned.Catalogue.Listings)), "files", words.N("files", len(outputs)),
			"ms", int(time.Since(started).Milliseconds()), "address", "http://"+listener.Addr().String()+base.Path))
		return nil
	}
	folders := []string{in.Content}
	if in.Theme != "" {
		folders = append(folders, in.Theme)
	}
	watcher, err := watch.New(folders...)
	if err != nil {
		return err
	}
	if err := show(); err != nil {
		return err
	}
	server := &http.Server{Handler: site, ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 2)
	go func() { ended <- server.Serve(listener) }()
	go func() {
		ended <- watcher.Run(ctx, func() {
			if err := show(); err != nil && ctx.Err() == nil {
				a.say("fursa: %v", err)
			}
		})
	}()
	select {
	case <-ctx.Done():
	case err = <-ended:
	}
	stop()
	// Open pages keep a connection to hear of changes: do not wait for them.
	if closed := server.Close(); err == nil {
		err = closed
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func errorsOf(list diag.List) diag.List {
	var out diag.List
	for _, d := range list {
		if d.Severity == diag.Error {
			out = append(out, d)
		}
	}
	return out
}
