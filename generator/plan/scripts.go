package plan

import (
	"html/template"
	"maps"
	"slices"

	"fursa/generator/catalogue"
	"fursa/schema/diag"
)

// addScripts bundles the theme's scripts in the edition's language.
func (e *edition) addScripts() diag.List {
	bundle, list := e.Theme.Bundle(e.Words("script."))
	e.bundle, e.scripts = bundle, map[string]string{}
	for name, text := range bundle {
		e.scripts[name] = e.path(hashed(name+"-"+e.lang+".js", text))
	}
	return list
}

func (e *edition) scriptOutputs() []Output {
	var outputs []Output
	for _, name := range slices.Sorted(maps.Keys(e.bundle)) {
		if name != "worker" {
			outputs = append(outputs, bytesOutput(hashed(name+"-"+e.lang+".js", e.bundle[name]), AssetClass, e.bundle[name]))
		}
	}
	return outputs
}

// iconOf is what browsers show beside a page's title: the first letter of the
// catalogue's name on its accent.
func iconOf(c *catalogue.Catalogue) []byte {
	letter := "F"
	for _, r := range c.Settings.Name[c.Language()] {
		letter = string(r)
		break
	}
	light, _ := catalogue.Schemes(c.Settings.Look)
	accent, ink := light.Accent.Hex(), light.On(light.Accent).Hex()
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="` + accent +
		`"/><text x="32" y="45" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="38" fill="` + ink + `">` +
		template.HTMLEscapeString(letter) + "</text></svg>\n")
}

// offlineOutputs are the service worker and what it shows without a network.
// It keeps what every page needs from the start.
func (s *site) offlineOutputs() []Output {
	precache := []string{s.path(s.styles), s.path(s.icon)}
	for _, e := range s.editions {
		precache = append(precache, e.scripts["site"])
	}
	first := s.editions[0]
	return s.worker(first.bundle["worker"], precache, first.offline())
}

// offline says whether pages are kept for reading without a network.
func (e *edition) offline() bool {
	set := e.Settings.Look.Offline
	return set == nil || *set
}
