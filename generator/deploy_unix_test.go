//go:build unix

package generator_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/testneed"
	"allclear/generator/verify"
)

// published is a built site: its folder, and its files.
type published struct {
	folder string
	files  map[string][]byte
	result *generator.Result
}

// threeBuilds are builds of a site at three times: with other events, other pages, a
// page that is gone, and a file in place of a folder.
func threeBuilds(t *testing.T) []published {
	t.Helper()
	incident := func(title, component, text string) string {
		return "---\ntitle: " + title + "\ncomponent: " + component + "\nseverity: minor\ninvestigating: 2026-11-20 08:00 UTC\n---\n\n" + text + "\n"
	}
	site := "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: website, name: Website }\n"
	var all []published
	for _, files := range []map[string]string{
		{"site.yaml": site, "incidents/slow.md": incident("Slow", "website", "It is slow."), "static/files/a.txt": "a\n"},
		{
			"site.yaml": site + "  - { id: api, name: API }\n", "incidents/slow.md": incident("Slow", "website", "It is very slow."),
			"incidents/late.md": incident("Late", "api", "See [the other one](incidents/zoo/)."), "static/files": "a file\n",
			"incidents/zoo.md": incident("Zoo", "api", strings.Repeat("All animals are out. ", 2500)),
		},
		{
			"site.yaml": site + "  - { id: mail, name: Mail }\n", "incidents/late.md": incident("Late", "mail", "Mails are late."),
			"incidents/lost.md": incident("Lost", "mail", strings.Repeat("Mails are lost. ", 2000)), "static/files/a.txt": strings.Repeat("another text\n", 5000),
		},
	} {
		p := published{folder: t.TempDir(), files: map[string][]byte{}}
		var err error
		if p.result, _, err = generator.Build(contentOf(t, files), p.folder, nil); err != nil {
			t.Fatal(err, p.result.Diagnostics)
		}
		for _, route := range p.result.Output.Routes {
			if p.files[route.Path], err = os.ReadFile(filepath.Join(p.folder, route.Path)); err != nil {
				t.Fatal(err)
			}
		}
		all = append(all, p)
	}
	return all
}

// sending makes the command that sends a build to some targets. Its processes are a
// group of their own.
func sending(p published, configuration string, targets ...string) *exec.Cmd {
	cmd := exec.Command("../tools/deploy/publish", append([]string{"--no-build", "--output", p.folder}, targets...)...)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "AWS_") && !strings.HasPrefix(variable, "RCLONE_") && !strings.HasPrefix(variable, "RSYNC_") {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env, "RCLONE_CONFIG="+configuration)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// wire stands between a command and a server, and cuts the command off at a chosen
// moment: at so many bytes of the n-th connection.
type wire struct {
	listener net.Listener
	server   string
	open     sync.WaitGroup

	mu          sync.Mutex
	connections int
	at          int    // the connection in which the command is killed, from 1; 0 for none
	bytes       int64  // after which it is killed
	kill        func() // kills the command
}

func newWire(t *testing.T, server string) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: listener, server: server}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			w.open.Add(1)
			go w.carry(conn)
		}
	}()
	return w
}

func (w *wire) address() string { return w.listener.Addr().String() }

func (w *wire) carry(from net.Conn) {
	defer w.open.Done()
	defer from.Close()
	to, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	defer to.Close()
	w.mu.Lock()
	w.connections++
	doomed, most, kill := w.connections == w.at, w.bytes, w.kill
	w.mu.Unlock()
	back := make(chan struct{})
	go func() {
		defer close(back)
		_, _ = io.Copy(from, to)
		_ = from.(*net.TCPConn).CloseWrite()
	}()
	if doomed {
		_, _ = io.CopyN(to, from, most)
		kill()
	} else {
		_, _ = io.Copy(to, from)
	}
	_ = to.(*net.TCPConn).CloseWrite()
	<-back
}

// arm chooses the moment at which the next command is killed.
func (w *wire) arm(at int, bytes int64, kill func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.connections, w.at, w.bytes, w.kill = 0, at, bytes, kill
}

// runKilled runs a command that the wire kills, and reports whether it did. It
// returns when the server has nothing of it left to do.
func (w *wire) runKilled(t *testing.T, cmd *exec.Cmd, at int, most int64) bool {
	t.Helper()
	killed := false
	started := make(chan struct{})
	w.arm(at, most, func() {
		<-started
		killed = true
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	})
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	err := cmd.Wait()
	w.open.Wait()
	if err != nil && !killed {
		t.Fatalf("publish: %v\n%s", err, said.String())
	}
	return killed
}

// runWhole runs a command to its end.
func runWhole(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("publish: %v\n%s", err, said)
	}
	return string(said)
}

// untorn checks a target: each file is whole, as one of the builds has it, and each
// link from the index leads to a file, from there on as well.
func untorn(t *testing.T, when string, builds []published, names []string, read func(name string) []byte) {
	t.Helper()
	for _, name := range names {
		body := read(name)
		if !slices.ContainsFunc(builds, func(p published) bool { return p.files[name] != nil && bytes.Equal(p.files[name], body) }) {
			t.Errorf("%s: %s is of no build; it has %d bytes", when, name, len(body))
		}
	}
	seen := map[string]bool{"index.html": true}
	if read("index.html") == nil {
		return // nothing is public yet
	}
	for todo := []string{"index.html"}; len(todo) > 0; todo = todo[1:] {
		at := todo[0]
		body := read(at)
		if body == nil {
			t.Errorf("%s: a page links to %s, which is missing", when, at)
		}
		if path.Ext(at) != ".html" {
			continue
		}
		for _, link := range attributes(t, body) {
			target, err := (&url.URL{Path: "/" + at}).Parse(link)
			if err != nil || target.Host != "" || target.Scheme != "" {
				continue
			}
			name := strings.TrimPrefix(target.Path, "/")
			if name == "" || strings.HasSuffix(name, "/") {
				name += "index.html"
			}
			if !seen[name] {
				seen[name] = true
				todo = append(todo, name)
			}
		}
	}
}

const kills = 50

// killAndPublish publishes one build after the other, kills each at a random moment
// and looks at the target. In the end it holds the last build and nothing else.
func killAndPublish(t *testing.T, w *wire, connections int, configuration, target string, names func() []string, read func(string) []byte) {
	t.Helper()
	builds := threeBuilds(t)
	random := rand.New(rand.NewPCG(1, 2))
	before, killed := 0, 0
	for run := 0; killed < kills; run++ {
		if run == 10*kills {
			t.Fatalf("of %d runs only %d could be killed", run, killed)
		}
		if killed%2 == 0 { // else from what the last killed one has left
			before = random.IntN(len(builds))
			runWhole(t, sending(builds[before], configuration, target))
		}
		next := (before + 1 + random.IntN(len(builds)-1)) % len(builds)
		at, most := 1+random.IntN(connections), int64(1)<<random.IntN(17)
		when := fmt.Sprintf("from build %d to %d, killed in connection %d after %d bytes", before, next, at, most)
		if w.runKilled(t, sending(builds[next], configuration, target), at, most) {
			killed++
		}
		untorn(t, when, builds, names(), read)
		if t.Failed() {
			return
		}
	}
	for _, last := range []published{builds[1], builds[0]} {
		runWhole(t, sending(last, configuration, target))
		have := names()
		if len(have) != len(last.files) {
			t.Errorf("the target has %d files, and the build %d", len(have), len(last.files))
		}
		untorn(t, "at the end", []published{last}, have, read)
	}
}

// filesBelow lists the files of a folder but for publish's own.
func filesBelow(t *testing.T, folder string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(folder), ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && name == ".allclear" {
			return fs.SkipDir
		}
		if err == nil && !entry.IsDir() {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// rsyncServer serves a folder as the module "status", and returns its address. Each
// connection is a process of rsync, which wait waits for.
func rsyncServer(t *testing.T, folder string) (address string, wait func()) {
	t.Helper()
	settings := filepath.Join(t.TempDir(), "rsyncd.conf")
	text := fmt.Sprintf("use chroot = no\n[status]\npath = %s\nread only = no\nuid = %d\ngid = %d\n", folder, os.Geteuid(), os.Getegid())
	if os.Geteuid() != 0 {
		text = fmt.Sprintf("use chroot = no\n[status]\npath = %s\nread only = no\n", folder)
	}
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	t.Cleanup(func() { _ = listener.Close(); running.Wait() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			file, err := conn.(*net.TCPConn).File()
			if err != nil {
				panic(err)
			}
			_ = conn.Close()
			server := exec.Command("rsync", "--daemon", "--config="+settings)
			server.Stdin, server.Stdout = file, file // a socket: it serves this connection
			running.Add(1)
			if err := server.Start(); err != nil {
				panic(err)
			}
			_ = file.Close()
			go func() { defer running.Done(); _ = server.Wait() }()
		}
	}()
	return listener.Addr().String(), running.Wait
}

// mirror is a folder behind a server of rsync and a wire.
type mirror struct {
	*wire
	folder, target string
	wait           func() // for the server
}

func newMirror(t *testing.T) *mirror {
	t.Helper()
	testneed.Rsync(t)
	m := &mirror{folder: t.TempDir()}
	address, wait := rsyncServer(t, m.folder)
	m.wire, m.wait = newWire(t, address), wait
	m.target = "rsync:rsync://" + m.address() + "/status"
	return m
}

func (m *mirror) names(t *testing.T) []string {
	m.wait()
	return filesBelow(t, m.folder)
}

// read reads a file of the mirror; it is nil if there is none.
func (m *mirror) read(t *testing.T, name string) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(m.folder, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
		t.Fatal(err)
	}
	return body
}

func TestAKilledPublishLeavesNoTornSiteOverRsync(t *testing.T) {
	t.Parallel()
	m := newMirror(t)
	killAndPublish(t, m.wire, 14, "", m.target, func() []string { return m.names(t) }, func(name string) []byte { return m.read(t, name) })
	if left, err := os.ReadDir(filepath.Join(m.folder, ".allclear/stage")); err != nil || len(left) > 0 {
		t.Errorf("the stage has %v, %v", left, err)
	}
}

// TestAPublishTakesWhatAKilledOneHasSentForNew kills a publish while it sends new
// files: what it has sent links to what it has not. So the next one must replace that
// before it sends any page that links there.
func TestAPublishTakesWhatAKilledOneHasSentForNew(t *testing.T) {
	m := newMirror(t)
	builds := threeBuilds(t)
	const late = "incidents/late/index.html"
	const sendsNew = 6 // the connection, after those that look and take notes
	for most := int64(160 << 10); m.read(t, late) == nil || m.read(t, "incidents/zoo/index.html") != nil; most -= 8 << 10 {
		if most == 0 {
			t.Fatal("no moment is between two new files")
		}
		runWhole(t, sending(builds[0], "", m.target))
		m.runKilled(t, sending(builds[1], "", m.target), sendsNew, most)
		m.wait()
	}
	m.runKilled(t, sending(builds[2], "", m.target), sendsNew, 1<<30)
	m.wait()
	if m.read(t, "incidents/lost/index.html") == nil {
		t.Fatal("publish sends new files in another connection")
	}
	if !bytes.Equal(m.read(t, late), builds[2].files[late]) {
		t.Error("new files are sent, and what the killed publish has sent is not among them")
	}
}

// objectStore runs a server of S3 with one bucket, and returns its address and the
// configuration of rclone for a server at another address.
func objectStore(t *testing.T) (address string, configurationFor func(address string) string) {
	t.Helper()
	server := exec.Command(testneed.Rclone(t), "-backend", "memory", "-host", "127.0.0.1:0", "-initialbucket", "status")
	log, err := server.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	lines, port := bufio.NewScanner(log), ""
	for port == "" {
		if !lines.Scan() {
			t.Fatal("the server of S3 has ended")
		}
		_, port, _ = strings.Cut(lines.Text(), "using port: ")
	}
	go func() { _, _ = io.Copy(io.Discard, log) }()
	return "127.0.0.1:" + port, func(address string) string {
		name := filepath.Join(t.TempDir(), "rclone.conf")
		text := "[mirror]\ntype = s3\nprovider = Other\naccess_key_id = x\nsecret_access_key = y\nforce_path_style = true\nendpoint = http://" + address + "\n"
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
}

// object reads an object of the bucket; it is nil if there is none.
func object(t *testing.T, address, name string) (body []byte, header http.Header) {
	t.Helper()
	response, err := http.Get("http://" + address + "/status/" + (&url.URL{Path: name}).EscapedPath())
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode == http.StatusNotFound {
		return nil, nil
	}
	return body, response.Header
}

// objects lists the bucket but for publish's own objects.
func objects(t *testing.T, configuration string) []string {
	t.Helper()
	list := sending(published{}, configuration)
	list.Path, list.Args = "/usr/bin/rclone", []string{"rclone", "lsf", "-R", "--files-only", "mirror:status"}
	said, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(strings.Fields(string(said)), func(name string) bool { return strings.HasPrefix(name, ".allclear/") })
}

func TestAKilledPublishLeavesNoTornSiteInAnObjectStore(t *testing.T) {
	t.Parallel()
	address, configurationFor := objectStore(t)
	w := newWire(t, address)
	direct := configurationFor(address)
	read := func(name string) []byte { body, _ := object(t, address, name); return body }
	killAndPublish(t, w, 60, configurationFor(w.address()), "rclone:mirror:status", func() []string { return objects(t, direct) }, read)
	for name, want := range map[string]string{
		"index.html": "text/html; charset=utf-8", "assets/style.css": "text/css; charset=utf-8", "maintenance.ics": "text/calendar; charset=utf-8",
		"history.atom": "application/atom+xml; charset=utf-8", "api/v2/summary.json": "application/json",
	} {
		if _, header := object(t, address, name); header.Get("Content-Type") != want {
			t.Errorf("%s is %q, want %q", name, header.Get("Content-Type"), want)
		}
	}
}

// TestPublishSendsToEachTargetThatItCan has a target in the middle that is not there.
func TestPublishSendsToEachTargetThatItCan(t *testing.T) {
	testneed.Rsync(t)
	build := threeBuilds(t)[0]
	folders := []string{t.TempDir(), t.TempDir()}
	var targets []string
	for _, folder := range folders {
		address, _ := rsyncServer(t, folder)
		targets = append(targets, "rsync:rsync://"+address+"/status")
	}
	said, err := sending(build, "", targets[0], "rsync:rsync://127.0.0.1:1/status", targets[1]).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.HasSuffix(string(said), "2 of 3 targets hold the build\n") {
		t.Errorf("%v\n%s", err, said)
	}
	for _, folder := range folders {
		report, err := verify.Site(t.Context(), forwarded(t, nginx(t, folder)), build.result, verify.Options{Build: exampleOptions(), Sample: 1000, Whole: time.Hour})
		if err != nil || len(report.Findings) > 0 {
			t.Errorf("%v: %v", err, report.Findings)
		}
	}
	again := runWhole(t, sending(build, "", targets...))
	if strings.Count(again, ": holds the build already\n") != 2 {
		t.Error(again)
	}
}

func TestPublishDeletesOnlyWhatItSent(t *testing.T) {
	testneed.Rsync(t)
	builds := threeBuilds(t)
	folder := t.TempDir()
	foreign := filepath.Join(folder, "thesis.doc")
	if err := os.WriteFile(foreign, []byte("ten years"), 0o666); err != nil {
		t.Fatal(err)
	}
	said, err := sending(builds[0], "", "rsync:"+folder).CombinedOutput()
	if err == nil || !strings.Contains(string(said), "it holds thesis.doc, which publish did not send") || len(filesBelow(t, folder)) != 1 {
		t.Errorf("%v\n%s", err, said)
	}
	for _, build := range builds {
		runWhole(t, sending(build, "", "--adopt", "rsync:"+folder))
		if have := filesBelow(t, folder); len(have) != len(build.files)+1 {
			t.Errorf("the target has %d files, and the build %d", len(have), len(build.files))
		}
	}
	if _, err := os.Stat(foreign); err != nil {
		t.Error(err)
	}
}

func TestPublishKeepsSecretsOutOfItsArguments(t *testing.T) {
	testneed.Rsync(t)
	for target, want := range map[string]string{
		"rsync:rsync://me:secret@127.0.0.1/status": "use RSYNC_PASSWORD",
		"rclone::s3,secret_access_key=secret:b":    "use rclone config",
		"rsync:-e sh":                              "does not begin with a hyphen",
		"https://status.example.com":               "is not a target; write rsync:… or rclone:REMOTE:…",
	} {
		said, err := sending(published{folder: t.TempDir()}, "", target).CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(said), want) {
			t.Errorf("%s: %v\n%s", target, err, said)
		}
	}
}

// TestADrillProvesTheRoadWithoutANetwork needs a kernel that gives a process a network
// of its own, which containers often don't.
func TestADrillProvesTheRoadWithoutANetwork(t *testing.T) {
	testneed.Rsync(t)
	unshare := []string{"--net", "true"}
	if os.Geteuid() != 0 {
		unshare = append([]string{"--map-root-user"}, unshare...)
	}
	if err := exec.Command("unshare", unshare...).Run(); err != nil {
		t.Skipf("this test needs a network namespace, which this system does not give: %v", err)
	}
	program := filepath.Join(t.TempDir(), "allclear")
	if said, err := exec.Command("go", "build", "-o", program, "..").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	drill := func(arguments ...string) (string, error) {
		cmd := exec.Command("../tools/deploy/drill", arguments...)
		cmd.Env = append(os.Environ(), "ALLCLEAR="+program)
		said, err := cmd.CombinedOutput()
		return string(said), err
	}
	build, folder := threeBuilds(t)[0], t.TempDir()
	runWhole(t, sending(build, "", "rsync:"+folder))
	said, err := drill("--content", "../content", "rsync:"+folder)
	if err != nil || !strings.Contains(said, "no route leads anywhere") || strings.Count(said, "1 of 1 targets hold the build") != 2 || !strings.Contains(said, "rsync:"+folder+": as of ") {
		t.Errorf("%v\n%s", err, said)
	}
	if said, err = drill("--content", "../content", "rsync:"+folder, "rsync:"+folder+"/nowhere"); err == nil || !strings.Contains(said, "not every target can be reached") {
		t.Errorf("a target that is not there: %v\n%s", err, said)
	}
	if said, err = drill("--content", t.TempDir(), "rsync:"+folder); err == nil || !strings.Contains(said, "the content can't be built without a network") {
		t.Errorf("no content: %v\n%s", err, said)
	}
}
