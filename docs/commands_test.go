package docs_test

import (
	"regexp"
	"strings"
	"testing"
)

var (
	commandLine = regexp.MustCompile(`(?m)^  ([a-z]+) +\S`)
	flagName    = regexp.MustCompile(`--[a-z][a-z-]+`)
)

// Each command has a section of its own in commands.md, which names its flags;
// the README names each command.
func TestCommandsAreDocumented(t *testing.T) {
	sections := map[string]string{}
	for _, s := range strings.Split(read(t, "commands.md"), "\n## ")[1:] {
		title, text, _ := strings.Cut(s, "\n")
		sections[title] = text
	}
	readme := read(t, "../README.md")
	var walk func(command string)
	walk = func(command string) {
		help, status := (&reader{dir: "."}).shell(command + " --help")
		if status != 0 {
			t.Fatalf("%s --help: %s", command, help)
		}
		help, global, _ := strings.Cut(help, "\nGlobal Flags:")
		if command == "fursa" {
			global = help
		}
		for _, flag := range flagName.FindAllString(global, -1) {
			if !strings.Contains(sections["Flags of all commands"], "`"+flag) {
				t.Errorf("commands.md: «Flags of all commands» does not name %s", flag)
			}
		}
		_, below, group := strings.Cut(help, "\nAvailable Commands:\n")
		if !group {
			checkSection(t, command, sections, help)
			if !strings.Contains(readme, "`"+command) {
				t.Errorf("README.md does not name %s", command)
			}
			return
		}
		below, _, _ = strings.Cut(below, "\n\n")
		for _, m := range commandLine.FindAllStringSubmatch(below, -1) {
			if m[1] != "help" {
				walk(command + " " + m[1])
			}
		}
	}
	walk("fursa")
}

func checkSection(t *testing.T, command string, sections map[string]string, help string) {
	t.Helper()
	section, ok := sections[command]
	if !ok {
		t.Errorf("commands.md: no section «## %s»", command)
		return
	}
	_, flags, _ := strings.Cut(help, "\nFlags:\n")
	for _, flag := range flagName.FindAllString(flags, -1) {
		if flag != "--help" && !strings.Contains(section, "`"+flag) {
			t.Errorf("commands.md: the section of %s does not name %s", command, flag)
		}
	}
}
