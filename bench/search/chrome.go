package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
)

// chrome is a browser that is told what to do over a pipe, in the protocol of
// its developer tools. It is spoken to directly, since a search engine may
// run in a worker, which is a session of its own that wants throttling and
// counting like its page, and since no more of the tools may be switched on
// than is measured with: each slows the page.
type chrome struct {
	command *exec.Cmd
	to      *os.File
	folder  string
	mu      sync.Mutex
	next    int
	answers map[int]chan answer
	heard   map[string]func(method string, params json.RawMessage) // by session
	version string
}

type answer struct {
	Result json.RawMessage
	Error  *struct{ Message string }
}

type message struct {
	ID      int    `json:"id,omitempty"`
	Session string `json:"sessionId,omitempty"`
	Method  string `json:"method,omitempty"`
	Params  any    `json:"params,omitempty"`
}

var errNoBrowser = errors.New("there is no Chromium: .ci/tools screenshots installs it on Debian; elsewhere install Chromium or Chrome")

// browsers are what Chromium is called, first what is preferred.
var browsers = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
	"/Applications/Chromium.app/Contents/MacOS/Chromium",
	"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
}

// startChrome starts a browser with a profile of its own, which asks for no
// name but this machine's and trusts its throw-away certificate.
func startChrome(ctx context.Context) (*chrome, error) {
	program := ""
	for _, name := range browsers {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		return nil, errNoBrowser
	}
	folder, err := os.MkdirTemp("", "fursa-bench-chromium-")
	if err != nil {
		return nil, err
	}
	theirs, to, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	from, theirsToo, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c := &chrome{to: to, folder: folder, answers: map[int]chan answer{}, heard: map[string]func(string, json.RawMessage){}}
	c.command = exec.CommandContext(ctx, program,
		"--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-extensions", "--ignore-certificate-errors",
		"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
		"--user-data-dir="+folder, "--remote-debugging-pipe")
	c.command.ExtraFiles = []*os.File{theirs, theirsToo}
	if err := c.command.Start(); err != nil {
		return nil, err
	}
	_ = errors.Join(theirs.Close(), theirsToo.Close())
	go c.read(from)
	var version struct{ Product string }
	if err := c.call("", "Browser.getVersion", nil, &version); err != nil {
		c.stop()
		return nil, err
	}
	c.version = version.Product
	return c, nil
}

func (c *chrome) stop() {
	_ = c.call("", "Browser.close", nil, nil)
	_ = c.command.Wait()
	_ = os.RemoveAll(c.folder)
}

// read hands on what the browser says until it ends.
func (c *chrome) read(from io.Reader) {
	lines := bufio.NewReaderSize(from, 1<<20)
	for {
		text, err := lines.ReadBytes(0)
		if err != nil {
			break
		}
		var m struct {
			ID        int
			SessionID string
			Method    string
			Params    json.RawMessage
			answer
		}
		if json.Unmarshal(bytes.TrimSuffix(text, []byte{0}), &m) != nil {
			continue
		}
		c.mu.Lock()
		waiting, hear := c.answers[m.ID], c.heard[m.SessionID]
		delete(c.answers, m.ID)
		c.mu.Unlock()
		if m.ID != 0 && waiting != nil {
			waiting <- m.answer
		} else if m.Method != "" && hear != nil {
			hear(m.Method, m.Params)
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, waiting := range c.answers {
		waiting <- answer{Error: &struct{ Message string }{"the browser has ended"}}
		delete(c.answers, id)
	}
}

// send sends a command, whose answer will be in the channel.
func (c *chrome) send(session, method string, params any) (<-chan answer, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.next++
	text, err := json.Marshal(message{c.next, session, method, params})
	if err != nil {
		return nil, err
	}
	wait := make(chan answer, 1)
	c.answers[c.next] = wait
	_, err = c.to.Write(append(text, 0))
	return wait, err
}

// call sends a command and waits for its result.
func (c *chrome) call(session, method string, params, result any) error {
	wait, err := c.send(session, method, params)
	if err != nil {
		return err
	}
	a := <-wait
	if a.Error != nil {
		return fmt.Errorf("%s: %s", method, a.Error.Message)
	}
	if result == nil {
		return nil
	}
	return json.Unmarshal(a.Result, result)
}

// hear has f called with what happens in a session, in its order. It must not
// wait for the browser.
func (c *chrome) hear(session string, f func(method string, params json.RawMessage)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if f == nil {
		delete(c.heard, session)
		return
	}
	c.heard[session] = f
}
