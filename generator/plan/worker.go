package plan

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// WorkerName is the service worker's file, at the site's root: what stands
// deeper in a site could not answer for all of it.
const WorkerName = "sw.js"

// NoWorker is a service worker that takes itself and what was kept away from
// browsers that have one: for sites that want none any longer.
const NoWorker = `addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  const own = "fursa:" + new URL(registration.scope).pathname + ":";
  for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
  await registration.unregister();
})()));
`

// OfflinePage is seen by the template «offline»: what is shown instead of a
// page that was not kept, without a network.
type OfflinePage struct{ Page }

// workerSettings are what the worker's script knows of this build.
type workerSettings struct {
	Version   string      `json:"version"`
	Precache  []string    `json:"precache"`
	Fallbacks [][2]string `json:"fallbacks"`
}

// worker are the service worker and the offline pages. Script is the bundle
// of scripts/worker.ts; precache are the addresses, from the host's root, of
// what every page needs. Where on is false the worker is NoWorker.
func (s *site) worker(script []byte, precache []string, on bool) []Output {
	if !on {
		return []Output{bytesOutput(WorkerName, IndexClass, []byte(NoWorker))}
	}
	var outputs []Output
	for _, e := range s.editions {
		outputs = append(outputs, e.render(e.file("offline"), "offline", func() any { return e.offlinePage() }))
	}
	return append(outputs, Output{Path: WorkerName, Class: IndexClass, Write: func(w io.Writer) error {
		return s.writeWorker(w, script, precache, outputs)
	}})
}

func (e *edition) offlinePage() OfflinePage {
	p := OfflinePage{e.page("offline", e.T("offline.title"), "")}
	p.Canonical, p.Alternates, p.NoIndex = "", nil, true
	return p
}

// writeWorker writes the worker's settings and then its script. Whatever it
// keeps from the start is in the version, offline pages by their bytes:
// browsers compare the bytes of the worker to know that there is a new site.
func (s *site) writeWorker(w io.Writer, script []byte, precache []string, pages []Output) error {
	settings := workerSettings{Precache: slices.Sorted(slices.Values(precache))}
	version := sha256.New()
	for _, e := range s.editions {
		settings.Fallbacks = append(settings.Fallbacks, [2]string{e.href(""), e.href("offline")})
		settings.Precache = append(settings.Precache, e.href("offline"))
	}
	slices.SortFunc(settings.Fallbacks, func(a, b [2]string) int {
		return cmp.Or(len(b[0])-len(a[0]), strings.Compare(a[0], b[0]))
	})
	for _, page := range pages {
		if err := page.Write(version); err != nil {
			return err
		}
	}
	version.Write([]byte(strings.Join(settings.Precache, "\n")))
	settings.Version = hex.EncodeToString(version.Sum(nil))[:12]
	text, err := json.Marshal(settings)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "const fursa = %s;\n%s", text, script)
	return err
}
