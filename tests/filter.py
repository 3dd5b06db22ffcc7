#!/usr/bin/env python3
"""The commands that run Lua: formats, metadata, errors, the cage, rules.

usage: filter.py [PART...]      a part is the name of a function below, without its `part_`
"""
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ORGDRAFT = os.path.abspath(os.environ.get(
    'ORGDRAFT', os.path.join(os.environ.get('BUILD', 'build'), 'orgdraft')))
ENVIRONMENT = {'LC_ALL': 'C', 'NO_COLOR': '1', 'PATH': os.environ.get('PATH', ''),
               'HOME': '/nonexistent', 'SECRET': 'do-not-tell'}
passed = failed = 0
last = None  # the run that expectations are about


def check(what, right):
    global passed, failed
    passed += right
    failed += not right
    if not right:
        print('%s\n    %s' % (what, last))


class Run:
    def __init__(self, *arguments, stdin=b'', program=ORGDRAFT):
        global last
        self.line = ' '.join(arguments)
        done = subprocess.run([program, *arguments], input=stdin, capture_output=True, check=False,
                              env=ENVIRONMENT, timeout=120)
        self.code, self.out, self.err = done.returncode, done.stdout, done.stderr
        last = self

    def __str__(self):
        return 'orgdraft %s: exit %d\n    out: %r\n    err: %r' % (
            self.line, self.code, self.out[:500], self.err[:800])


def run(code, *arguments, out=None, err=None, **options):
    """Runs the program, which must end with `code`; `out` and `err` are all of it, or parts if lists."""
    made = Run(*arguments, **options)
    check('exit is not %d' % code, made.code == code)
    for name, want, have in (('stdout', out, made.out), ('stderr', err, made.err)):
        if isinstance(want, str):
            check('%s is not %r' % (name, want), have.decode('utf8', 'replace') == want)
        for part in want if isinstance(want, list) else []:
            check('%s lacks %r' % (name, part), part in have.decode('utf8', 'replace'))
    return made


def write(path, text):
    if os.path.dirname(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf8') as file:
        file.write(text)
    return path


def lua(text, name='a.lua'):
    return write(name, text + '\n')


def ast(*blocks, meta=None, api=(1, 23, 1)):
    return json.dumps({'pandoc-api-version': list(api), 'meta': meta or {},
                       'blocks': list(blocks)}).encode()


def para(*words):
    return {'t': 'Para', 'c': [{'t': 'Str', 'c': word} for word in words]}


DRAFT = '---\ntitle: A *b*\n---\n\n# Head\n\nword and **bold** 中文\n'


# ---- formats ------------------------------------------------------------------------------------

def part_formats():
    write('d.md', DRAFT)
    write('d.txt', 'one *two*\nthree\n')
    upper = lua('function Str(el) el.text = el.text:upper() return el end')
    run(0, 'filter', '-L', upper, '-t', 'gfm', 'd.md', err='',
        out='# HEAD\n\nWORD AND **BOLD** 中文\n')
    run(0, 'filter', '-L', upper, 'd.md', err='',
        out='<h1 id="head">HEAD</h1>\n<p>WORD AND <strong>BOLD</strong> 中文</p>\n')
    run(0, 'filter', '-t', 'plain', 'd.md', out='Head\n\nword and bold 中文\n')
    run(0, 'filter', '-t', 'native', 'd.txt',
        out='[ Para [ Str "one" , Space , Str "*two*" ]\n, Para [ Str "three" ]\n]\n')
    run(0, 'filter', '-f', 'commonmark', '-t', 'gfm', '-', stdin=b'~~a~~\n', out='\\~\\~a\\~\\~\n')
    run(0, 'filter', '-s', '-t', 'gfm', 'd.md', out=['---\ntitle: A *b*\n---\n\n# Head'])
    run(0, 'filter', '-s', 'd.md', out=['<!DOCTYPE html>', '<title>A b</title>'])
    # CommonMark has less than GFM: the rest is HTML or text.
    run(0, 'filter', '-s', '-t', 'commonmark', 'd.md', out='# Head\n\nword and **bold** 中文\n')
    run(0, 'filter', '-t', 'commonmark', '-', out='<s>a</s> b\\[1] 😄\n\n- ☐ t\n\n\\[1] n\n',
        stdin=b'~~a~~ b[^1] :smile:\n\n- [ ] t\n\n[^1]: n\n')
    run(0, 'filter', '-t', 'commonmark', '-', out=['<table>', '<td>1</td>'], stdin=b'|a|\n|-|\n|1|\n')
    run(0, 'filter', '-t', 'commonmark', '-', out=['<div class="note">'], stdin=b'> [!NOTE]\n> x\n')
    run(0, 'filter', '-t', 'gfm', '--wrap=none', '-', stdin=b'a\nb\n', out='a b\n')
    run(0, 'filter', '-t', 'gfm', '--columns', '6', '-', stdin=b'aa bb cc dd\n',
        out='aa bb\ncc dd\n')
    run(0, 'filter', 'd.md', '-o', 'o.json', out='', err='')
    with open('o.json', encoding='utf8') as file:
        check('-o x.json is no JSON', list(json.load(file)['meta']) == ['title'])
    run(0, 'filter', 'd.md', '-o', 'o.md')
    check('-o x.md is no Markdown', open('o.md', encoding='utf8').read().startswith('# Head'))
    # Two files are one document.
    run(0, 'filter', '-t', 'gfm', '-', 'd.txt', '-f', 'gfm', stdin=b'a[^1]\n\n[^1]: n', out=['a[^1]', 'one'])
    run(2, 'filter', '-f', 'docx', 'd.md', out='', err=['docx'])
    run(2, 'filter', '-t', 'pdf', 'd.md', out='', err=['pdf'])
    run(2, 'filter', '-f', 'gfm+nosuch', 'd.md', out='', err=['nosuch'])
    run(2, 'filter', '-f', 'gfm+smart', 'd.md', out='', err=['smart'])
    run(0, 'filter', '-f', 'gfm-strikeout', '-t', 'native', '-', stdin=b'~~a~~\n', out=['Str "~~a~~"'])
    run(0, 'filter', '-f', 'gfm+hard_line_breaks', '-t', 'native', '-', stdin=b'a\nb\n',
        out='[ Para [ Str "a" , LineBreak , Str "b" ] ]\n')
    run(2, 'filter', 'nosuch.md', out='', err=['nosuch.md: there is no such file'])
    run(64, 'filter', '-', stdin=b'a\xff\n', out='', err=['<stdin>:1:2:', 'UTF-8'])
    run(64, 'filter', '-', stdin=b'---\na: [\n---\nx\n', out='', err=['<stdin>:'])


def part_json():
    for api in ((1, 22), (1, 22, 2, 1), (1, 23), (1, 23, 1, 2)):
        made = run(0, 'filter', '-f', 'json', '-L', lua('function Str() return pandoc.Str "y" end'),
                   stdin=ast(para('x'), api=api))
        check('answered in another version', json.loads(made.out) == json.loads(ast(para('y'), api=api)))
    run(64, 'filter', '-f', 'json', stdin=b'{"blocks":[3]}', out='', err=['<stdin>:1:12', 'blocks[0]', 'number'])
    run(64, 'filter', '-f', 'json', stdin=b'{', out='', err=['<stdin>'])
    run(64, 'filter', '-f', 'json', stdin=ast(para('x'), api=(1, 17)), out='', err=['pandoc-api-version', '1.23'])
    write('one.json', ast(para('x'), meta={'a': {'t': 'MetaBool', 'c': True}}).decode())
    write('two.json', ast(para('y'), meta={'b': {'t': 'MetaBool', 'c': False}}).decode())
    made = run(0, 'filter', 'one.json', 'two.json')
    both = json.loads(made.out)
    check('two documents are not joined', both['blocks'] == [para('x'), para('y')])
    check('metadata is not joined', sorted(both['meta']) == ['a', 'b'])


def part_metadata():
    write('d.md', DRAFT)
    write('m.yaml', 'title: under\nk: "*v*"\nn: false\n')
    made = run(0, 'filter', '-t', 'json', '-M', 'a=1', '-M', 'a=x y', '-M', 'b', '-M', 'c=false',
               '--metadata-file', 'm.yaml', 'd.md')
    meta = json.loads(made.out)['meta']
    text = lambda t: {'t': 'MetaString', 'c': t}
    check('-M twice makes no list', meta['a'] == {'t': 'MetaList', 'c': [text('1'), text('x y')]})
    check('-M b', meta['b'] == {'t': 'MetaBool', 'c': True})
    check('-M c=false', meta['c'] == {'t': 'MetaBool', 'c': False})
    check('n', meta['n'] == {'t': 'MetaBool', 'c': False})
    check('the document is not over the file', meta['title']['c'][0] == {'t': 'Str', 'c': 'A'})
    check('Markdown of the file', meta['k']['c'] == [{'t': 'Emph', 'c': [{'t': 'Str', 'c': 'v'}]}])
    made = run(0, 'filter', '-t', 'json', '-M', 'title=over', 'd.md')
    check('-M is not over the document', json.loads(made.out)['meta']['title'] == text('over'))
    run(64, 'filter', '--metadata-file', write('bad.yaml', 'a: [\n'), 'd.md', out='', err=['bad.yaml:'])


# ---- errors -------------------------------------------------------------------------------------

def part_errors():
    write('d.md', DRAFT)
    lua('function Strong(el)\n  local x\n  return x.y\nend')
    trace = ("Error running filter a.lua:\na.lua:3: attempt to index a nil value (local 'x')\n"
             "stack traceback:\n\ta.lua:3: in function 'Strong'\n")
    for more in ([], ['--trust']):
        run(83, 'filter', '-L', 'a.lua', 'd.md', *more, out='', err=trace + '  in Strong, at d.md:7:10\n')
        run(83, 'filter', '-L', 'a.lua', '--lang', 'zh', 'd.md', *more, out='',
            err=trace + '  在 Strong 中，位置 d.md:7:10\n')
    run(83, 'filter', '-L', 'a.lua', '-f', 'json', out='', err=trace + '  in Strong\n',
        stdin=ast({'t': 'Para', 'c': [{'t': 'Strong', 'c': []}]}))
    run(83, 'filter', '-L', lua('function Str() return 5 end'), 'd.md', out='',
        err='Error running filter a.lua:\nInline, list of Inlines, or string expected, got number\n'
            '  in Str, at d.md:2:8\n')
    run(83, 'filter', '-L', lua('x = = 1'), 'd.md', out='',
        err="Error running filter a.lua:\na.lua:1: unexpected symbol near '='\n")
    run(83, 'filter', '-L', 'nosuch.lua', 'd.md', out='',
        err='Error running filter nosuch.lua: there is no such file; check the name\n')
    # In the second file the line is that of the second file.
    write('e.md', 'x\n\n**y**\n')
    write('f.md', 'x\n')
    run(83, 'filter', '-L', lua('function Strong() error "no" end'), 'f.md', 'e.md', out='',
        err=['  in Strong, at e.md:3:1\n'])
    write('o.md', 'old\n')
    run(83, 'filter', '-L', 'a.lua', 'e.md', '-o', 'o.md')
    check('a failed run has written', open('o.md', encoding='utf8').read() == 'old\n')


# ---- the cage -----------------------------------------------------------------------------------

TIME = 'gave up after 0.5 s of processor time'
MEMORY = 'it needs more memory than the 256 MiB of a caged filter'
HOSTILE = [
    ('while true do end', TIME + ' (a.lua:1)'),
    ('function Str() while true do end end', TIME + ' (a.lua:1; in Str, at d.md:2:8)'),
    ('while true do pcall(function() while true do end end) end', TIME),
    ('xpcall(function() while true do end end, function() while true do end end)', TIME),
    ('xpcall(error, function() while true do end end)', TIME),
    ('coroutine.wrap(function() while true do end end)()', TIME),
    ("print(('a'):rep(200):find(('a*'):rep(12) .. 'b'))", TIME),
    ('table.concat(setmetatable({}, {__index = function() return "" end, __len = function() return 1e12 '
     'end}))', TIME),
    ('local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]',
     "C stack overflow"),
    ("x = ('x'):rep(1e9)", MEMORY),
    ("x = 'x' while true do x = x .. x end", MEMORY),
    ('t = {} for i = 1, 1e9 do t[i] = {} end', MEMORY),
    ("x = ('x'):rep(1e6):gsub('x', ('y'):rep(1e6))", MEMORY),
    ('local function f() return 1 + f() end f()', 'a.lua:1: stack overflow'),
    ('setmetatable({}, {__gc = function() while true do end end})',
     'a.lua:1: setmetatable with __gc is not available to a caged filter; run with --trust'),
    ('setmetatable({}, {__mode = "k"})',
     'a.lua:1: setmetatable with __mode is not available to a caged filter; run with --trust'),
    ('local p for i = 1, 5e4 do local q = p local c = coroutine.create(function() local x <close> = '
     'setmetatable({}, {__close = function() coroutine.close(q) end}) coroutine.yield() end) '
     'coroutine.resume(c) p = c end coroutine.close(p)',
     'a.lua:1: coroutine.close is not available to a caged filter; run with --trust'),
]

# What reaches out of the process: how it is called, and its name in the refusal.
REFUSED = [
    ('os.execute("touch touched")', 'os.execute'), ('os.getenv("SECRET")', 'os.getenv'),
    ('os.remove("d.md")', 'os.remove'), ('os.rename("d.md", "e.md")', 'os.rename'),
    ('os.tmpname()', 'os.tmpname'), ('os.setlocale("C")', 'os.setlocale'),
    ('io.open("touched", "w")', 'io.open'), ('io.popen("touch touched")', 'io.popen'),
    ('io.lines("d.md")', 'io.lines'), ('io.read()', 'io.read'), ('io.tmpfile()', 'io.tmpfile'),
    ('io.input("d.md")', 'io.input'), ('io.output("touched")', 'io.output'),
    ('dofile("d.md")', 'dofile'), ('loadfile("d.md")', 'loadfile'),
    ('string.dump(print)', 'string.dump'), ('debug.getregistry()', 'debug.getregistry'),
    ('debug.sethook()', 'debug.sethook'), ('package.loadlib("x", "y")', 'package.loadlib'),
    ('load("x = 1", "n", "b")', 'binary chunks'), ('collectgarbage("stop")', "collectgarbage 'stop'"),
    ('pandoc.pipe("ls", {}, "")', 'pandoc.pipe'),
    ('pandoc.utils.run_json_filter(pandoc.Pandoc {}, "ls")', 'pandoc.utils.run_json_filter'),
    ('pandoc.system.list_directory(".")', 'pandoc.system.list_directory'),
    ('pandoc.system.get_working_directory()', 'pandoc.system.get_working_directory'),
    ('pandoc.system.environment()', 'pandoc.system.environment'),
    ('pandoc.system.with_working_directory("/", print)', 'pandoc.system.with_working_directory'),
    ('pandoc.mediabag.fetch("d.md")', 'pandoc.mediabag.fetch'),
]


def contents():
    found = {}
    for folder, _, names in os.walk('.'):
        for name in names:
            with open(os.path.join(folder, name), 'rb') as file:
                found[os.path.join(folder, name)] = file.read()
    return found


def part_hostile():
    write('d.md', DRAFT)
    for code, why in HOSTILE:
        lua(code)
        before = contents()
        # What is stopped by a limit of memory takes some time on a busy machine.
        limit = ['--timeout', '0.5'] if why.startswith(TIME) else []
        made = run(83, 'filter', *limit, '-L', 'a.lua', 'd.md', out='',
                   err=['Error running filter a.lua: ', why])
        check('more than one line', made.err.count(b'\n') == 1)
        check('the folder is not as it was', contents() == before)


def part_parsing():
    """The document is parsed in the cage, and what is wrong with it is told as without one."""
    lua('')
    write('d.md', DRAFT)
    write('x.json', '{"blocks":[3]}')
    with open('bytes.md', 'wb') as file:
        file.write(b'one\n\xff\n')
    write('front.md', '---\na: [\n---\nx\n')
    write('slow.md', '![[]()' * 20000)
    for path, status in (('x.json', 64), ('bytes.md', 64), ('front.md', 64), ('slow.md', 2)):
        plain = run(status, 'filter', '--timeout', '0.5', path, out='', err=[path])
        for more in ([], ['--trust']):
            caged = run(status, 'filter', '--timeout', '0.5', '-L', 'a.lua', path, *more, out='')
            check('told in another way', caged.err == plain.err)
    check('it ended early', 'gave up after 0.5 s' in plain.err.decode())
    # libc asks the system when it sorts much.
    write('heads.md', ''.join('# Head %d\n\n' % (i % 7) for i in range(2000)))
    for form in ('gfm', 'commonmark', 'text'):
        plain = run(0, 'filter', '-f', form, '-t', 'html', 'heads.md')
        run(0, 'filter', '-f', form, '-t', 'html', '-L', 'a.lua', 'heads.md', out=plain.out.decode(), err='')
    here = json.dumps(para('here'))
    write('deep.json', ast(para('here')).decode().replace(
        here, '{"t": "Div", "c": [["", [], []], [' * 3200 + here + ']]}' * 3200))
    deeper = ('function Pandoc(d)\n  local blocks = d.blocks\n  for i = 1, %d do\n'
              '    d = d:walk {Para = function() return pandoc.Div(blocks) end}\n  end\n  return d\nend')
    run(0, 'filter', '-L', lua(deeper % 2), 'deep.json', out=['"here"'], err='')
    run(83, 'filter', '-L', lua(deeper % 3), 'deep.json', out='',
        err='Error running filter a.lua: what came back is nested deeper than 10000 levels (limit: '
            'document nesting)\n')


def part_refused():
    write('d.md', DRAFT)
    for code, name in REFUSED:
        lua(code)
        before = contents()
        made = run(83, 'filter', '-L', 'a.lua', 'd.md', out='',
                   err=['Error running filter a.lua: ', name, ' not available to a caged filter; run with --trust\n'])
        check('more than one line', made.err.count(b'\n') == 1)
        check('the folder is not as it was', contents() == before)
        # It can be caught, and then the filter goes on.
        run(0, 'filter', '-t', 'plain', '-L', lua('print(pcall(function() %s end))' % code), 'd.md',
            out='Head\n\nword and bold 中文\n', err=['false\t'])


def part_allowed():
    write('d.md', 'x\n')
    lua('''
print('a', 1, nil)
io.write('b', 2, '\\n')
io.stderr:write('c'):write('\\27[31m\\n')
print(type(os.time()), os.date('%Y', 0), type(os.clock()), io.type(io.stdout), io.type(1))
print(load('return 1 + 1')(), pcall(load, nil))
print(xpcall(function(...) return ... end, print, 1, 2))
print(xpcall(error, function(m) return m .. '!' end, 'x'))
print(coroutine.wrap(function() print(pcall(coroutine.yield, 1)) return 2 end)())
print(getmetatable(''), getmetatable('x'))
print(select('#', collectgarbage('count')), require('pandoc.List') == pandoc.List)
local t = setmetatable({}, {__index = {x = 1}})
print(t.x)
warn('w', 'arn')''')
    run(0, 'filter', '-t', 'plain', '-L', 'a.lua', 'd.md', out='x\n',
        err='a\t1\tnil\nb2\nc\\x1B[31m\nnumber\t1970\tnumber\tfile\tnil\n'
            '2\tfalse\tbad argument #1 to \'load\' (function expected, got nil)\n'
            'true\t1\t2\nfalse\tx!\n1\nfalse\tfalse\n1\ttrue\n1\n'
            '[WARNING] warn at a.lua line 14\n')
    made = run(0, 'filter', '-t', 'plain', '-L', lua("for i = 1, 1e5 do print(('x'):rep(99)) end"),
               'd.md', out='x\n', err=['a.lua: prints more than 1 MiB; the rest is left out'])
    check('what is printed is not bounded', len(made.err) < 1100000)
    lua("for i = 1, 2e4 do orgdraft.report {message = ('x'):rep(99)} end")
    made = run(0, 'filter', '-t', 'plain', '-L', 'a.lua', 'd.md', out='x\n',
               err=['a.lua: prints more than 1 MiB; the rest is left out'])
    check('what is reported is not bounded', len(made.err) < 2000000)
    made = run(83, 'filter', '-L', lua("error(('x'):rep(1e7))"), 'd.md', out='')
    check('what is complained of is not bounded', len(made.err) < 100000)
    for status, code in ((7, '7'), (0, '0'), (0, 'true'), (1, 'false'), (0, '')):
        run(status, 'filter', '-L', lua('print "p" os.exit(%s)' % code), 'd.md', out='', err='p\n')


def part_require():
    write('d.md', 'x\n')
    write('lib/one.lua', 'return {f = function() return require("lib/two").x end}\n')
    write('lib/two.lua', 'return {x = ...}\n')
    write('pack/init.lua', 'return "pack"\n')
    write('wrong.lua', 'x = = 1\n')
    lua('print(require("lib.one").f(), require "pack", package.loaded["lib.one"] ~= nil)', 'f/../a.lua')
    run(0, 'filter', '-L', 'a.lua', 'd.md', err='lib/two\tpack\ttrue\n')
    os.chdir('lib')
    run(0, 'filter', '-L', '../a.lua', '../d.md', err='lib/two\tpack\ttrue\n')
    os.chdir('..')
    run(83, 'filter', '-L', lua('require "nosuch"'), 'd.md', out='', err=["module 'nosuch' not found"])
    run(83, 'filter', '-L', lua('require "wrong"'), 'd.md', out='', err=["unexpected symbol near '='"])
    run(83, 'filter', '-L', lua('require "/etc/passwd"'), 'd.md', out='', err=['not found'])


def start(*arguments):
    return subprocess.Popen([ORGDRAFT, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                            env=ENVIRONMENT, start_new_session=True)


def is_caged(pid):
    with open('/proc/%d/status' % pid, encoding='utf-8') as file:
        return 'Seccomp:\t2' in file.read()


def child_of(process):
    """The child, once it is in its cage."""
    for _ in range(200):
        with open('/proc/%d/task/%d/children' % (process.pid, process.pid), encoding='ascii') as file:
            children = file.read().split()
        if children and is_caged(int(children[0])):
            return int(children[0])
        time.sleep(0.02)
    return 0


def is_running(pid):
    try:
        with open('/proc/%d/stat' % pid, encoding='ascii') as file:
            return file.read().split()[2] not in 'ZX'
    except OSError:
        return False


def part_signals():
    write('d.md', 'x\n')
    lua('while true do end')
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
        process = start('filter', '-L', 'a.lua', 'd.md')
        child = child_of(process)
        began = time.time()
        process.send_signal(number)
        process.communicate()
        check('%s does not end it' % number, process.returncode == -number)
        time.sleep(0.1)
        check('the child lives on', not is_running(child))
        check('it does not end at once', time.time() - began < 1)
    for number in (signal.SIGSEGV, signal.SIGKILL):
        process = start('filter', '-L', 'a.lua', 'd.md')
        os.kill(child_of(process), number)
        out, err = process.communicate()
        # A sanitizer that wants to tell more is stopped from it.
        check('a crash is not told: %r' % err, process.returncode == 83 and not out and err in (
            b'Error running filter a.lua: it crashed (signal %d)\n' % n for n in (number, signal.SIGSYS)))


# ---- trusted ------------------------------------------------------------------------------------

def part_trust():
    write('d.md', 'x\n')
    write('data.txt', 'from a file')
    lua('''
function Str()
  os.execute('true')
  return io.open('data.txt'):read('a') .. os.getenv('SECRET')
end
print('printed')''')
    run(0, 'filter', '--trust', '-t', 'plain', '-L', 'a.lua', 'd.md',
        out='printed\nfrom a filedo-not-tell\n', err='')
    run(7, 'filter', '--trust', '-L', lua('os.exit(7)'), 'd.md', out='', err='')
    write('mod.lua', 'return "mod"\n')
    run(0, 'filter', '--trust', '-t', 'plain', '-L', lua('print((require "mod"))'), 'd.md', out='mod\nx\n')


# ---- scripts ------------------------------------------------------------------------------------

def part_lua():
    run(0, 'lua', '-e', 'print(1, ...) io.stderr:write("e")', 'a', '-v', out='1\ta\t-v\n', err='e')
    lua('print(arg[0], arg[1], ...) print(pandoc.utils.stringify(pandoc.Str "s"))')
    for more in ([], ['--trust']):
        run(0, 'lua', *more, 'a.lua', '--x', out='a.lua\t--x\t--x\ns\n', err='')
        run(5, 'lua', *more, '-e', 'print "p" os.exit(5)', out='p\n', err='')
        run(83, 'lua', *more, '-e', 'error "no"', out='', err=['Error running (command line):\n', 'no'])
    run(0, 'lua', stdin=b'#!/usr/bin/env orgdraft\nprint "in"', out='in\n')
    run(83, 'lua', '--timeout', '0.3', '-e', 'while true do end', out='', err=['gave up after 0.3 s'])
    run(83, 'lua', '-e', 'io.open "x"', out='', err=['io.open is not available'])
    run(2, 'lua', 'nosuch.lua', out='', err=['nosuch.lua: there is no such file'])


def part_missing():
    """What is not here says so, in place of something like it."""
    for code, why in (('write(pandoc.Pandoc {})', "the format 'markdown'"),
                      ('write(pandoc.Pandoc {}, "gfm", {reference_location = "end-of-block"})',
                       'end-of-block'),
                      ('read("x", "markdown", {strip_comments = true})', "'strip_comments'"),
                      ('read("x", "markdown", {abbreviations = {"x."}})', "'abbreviations'")):
        run(83, 'lua', '-e', 'pandoc.' + code, out='', err=[why, 'not available'])


def part_prompt():
    """At a terminal lines are read, and nothing is refused."""
    outside, inside = pty.openpty()
    process = subprocess.Popen([ORGDRAFT, 'lua'], stdin=inside, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=ENVIRONMENT)
    os.write(outside, b'1 + 1\nx = 3\nfor i = 1, 2 do\nprint(i * x)\nend\nerror "no"\n'
                      b'pandoc.utils.type(pandoc.Str "")\nos.getenv "SECRET"\n\x04')
    out, err = process.communicate(timeout=60)
    os.close(outside)
    os.close(inside)
    check('the prompt says %r' % out, out.startswith(b'orgdraft ') and
          out.split(b'\n', 1)[1] == b'> 2\n> > >> >> 3\n6\n> > Inline\n> do-not-tell\n> \n')
    check('the prompt complains %r' % err, err.startswith(b'stdin:1: no\n'))
    check('the prompt ends with %d' % process.returncode, process.returncode == 0)


def part_json_filter():
    program = os.path.abspath('orgdraft-filter')
    if not os.path.exists(program):
        os.symlink(ORGDRAFT, program)
    lua('function Str(el) return FORMAT .. el.text end')
    lua('function Str(el) return el.text .. "!" end', 'b.lua')
    inlines = lambda text: {'t': 'MetaInlines', 'c': [{'t': 'Str', 'c': text}]}
    both = {'t': 'MetaList', 'c': [inlines('a.lua'), {'t': 'MetaString', 'c': 'b.lua'}]}
    for filters, want in ((inlines('a.lua'), 'htmlx'), (both, 'htmlx!')):
        made = run(0, 'html', program=program, stdin=ast(para('x'), meta={'orgdraft-filters': filters}), err='')
        check('not filtered', json.loads(made.out)['blocks'] == [para(want)])
    run(0, 'html', program=program, stdin=ast(para('x')), err=['no filters are named'])
    lua('os.execute "true"')
    run(83, 'html', program=program, stdin=ast(meta={'orgdraft-filters': inlines('a.lua')}), out='',
        err=['os.execute'])
    if not shutil.which('pandoc'):
        return
    lua('function Str(el) return FORMAT .. el.text end')
    made = subprocess.run(['pandoc', '-t', 'html', '-M', 'orgdraft-filters=a.lua', '-F', program],
                          input=b'x', capture_output=True, check=False)
    check('pandoc -F: %r' % made.stderr, made.stdout == b'<p>htmlx</p>\n')


# ---- places and rules ---------------------------------------------------------------------------

def part_orgdraft():
    write('d.md', '# Head\n\n中 **bold** XX books\n')
    lua('''
function Strong(el)
  local s = orgdraft.span(el)
  print(s.file, s.start, s.stop, s.line, s.column, orgdraft.source(el))
  el.content = {pandoc.Str 'new'}
  return el
end
function Para(el)
  print(orgdraft.source(el.content), orgdraft.source(el.content[3]))
  print(orgdraft.span(pandoc.Str 'x'), orgdraft.source(pandoc.Str 'x'))
end
function Pandoc()
  for _, f in ipairs(orgdraft.fields()) do print(f.index, f.text, f.line, f.column, f.type, f.token) end
  for _, s in ipairs(orgdraft.outline()) do print(s.title, s.level, s.line, s.column) end
end''')
    run(0, 'filter', '-L', 'a.lua', '-t', 'plain', 'd.md', out='Head\n\n中 new XX books\n',
        err='d.md\t12\t20\t3\t3\t**bold**\n中 **bold** XX books\t**bold**\nnil\tnil\n'
            '1\tXX\t3\t12\ttext\t1\nHead\t1\t1\t3\n')
    lua('function Pandoc() orgdraft.fields() end')
    run(83, 'filter', '-f', 'json', '-L', 'a.lua', stdin=ast(para('x')), out='', err=['came as JSON'])
    for wrong, why in (('{}', 'there is no message'), ('{message = 1 == 1}', 'message must be a string'),
                       ('{message = "m", severity = "bad"}', 'severity must be'),
                       ('{message = "m", range = {start = 1}}', 'whole numbers'),
                       ('{message = "m", range = {start = 1, stop = 99}}', 'outside of the draft')):
        run(83, 'filter', '-L', lua('orgdraft.report' + wrong), 'd.md', out='', err=[why])
    lua('orgdraft.report {message = "whole"}\n'
        'function Strong(el) orgdraft.report {el, message = "a\\nb \\27", severity = "info", rule = "r"} end')
    run(0, 'filter', '-t', 'plain', '-L', 'a.lua', 'd.md',
        err='d.md: warning: whole [a]\nd.md:3:3: info: a b \\x1B [r]\n')


def part_rules():
    write('plain.yaml', 'orgdraft-profile: 1\nid: plain\nlabel: Plain\n')
    head = '---\nprofile: ./plain.yaml\nkey: "*v*"\n---\n\n'
    write('d.md', head + '中 **bold** word\n')
    lua('''
function Strong(el)
  orgdraft.report {el, message = '不要粗体 no bold', severity = 'error', fix = 'plain'}
end
function Pandoc(doc)
  assert(doc.meta.key[1].t == 'Emph')
end''', 'rules/no-bold.lua')
    line = 'd.md:6:3: error: 不要粗体 no bold [no-bold]\n'
    for more in ([], ['--trust']):
        run(1, 'check', *more, '-q', '-L', 'rules/no-bold.lua', 'd.md', out=line, err='')
    made = run(1, 'check', '--format', 'json', '-L', 'rules/no-bold.lua', 'd.md')
    found = json.loads(made.out)['diagnostics']
    check('JSON', [(d['rule'], d['severity'], d['range']['start']['column'], d['fix']['edits'][0]['text'])
                   for d in found] == [('no-bold', 'error', 3, 'plain')])
    write('e.md', head + '<!-- orgdraft-disable-next-line no-bold: wanted -->\n**bold**\n')
    run(0, 'check', '-q', '-L', 'rules/no-bold.lua', 'e.md', out='')
    run(1, 'check', '-q', '-L', 'rules/no-bold.lua', 'd.md', 'e.md', 'd.md', out=line, err='')
    write('g.md', head + '<!-- orgdraft-disable-next-line no-bold: unused -->\nx\n')
    run(1, 'check', '-q', '-L', 'rules/no-bold.lua', 'g.md', out=['“no-bold” silences nothing'])
    write('h.md', head + '<!-- orgdraft-disable-next-line no-bolt: misspelt -->\nx\n')
    run(1, 'check', '-q', '-L', 'rules/no-bold.lua', 'h.md', out=['did you mean “no-bold”?'])
    shutil.copy('d.md', 'i.md')
    run(0, 'check', '-q', '--fix', '-L', 'rules/no-bold.lua', 'i.md', out='')
    check('--fix', open('i.md', encoding='utf8').read() == head + '中 plain word\n')
    lua('function Strong(el) orgdraft.report {el, message = "i", severity = "info"} end', 'info.lua')
    run(0, 'check', '-q', '-L', 'info.lua', 'd.md', out='d.md:6:3: info: i [info]\n')
    run(1, 'check', '-q', '--fail-on', 'info', '-L', 'info.lua', 'd.md')
    for code, why in (('function Strong() error "no" end', '  in Strong, at d.md:6:3\n'),
                      ('while true do end', 'gave up after 0.3 s'), ('os.exit(0)', 'os.exit')):
        lua(code)
        run(2, 'check', '--timeout', '0.3', '-L', 'a.lua', 'd.md', out='', err=[why, 'd.md: not checked'])
        run(2, 'check', '--timeout', '0.3', '-L', 'a.lua', 'd.md', 'g.md', err=['d.md: not checked'])
    run(2, 'check', '-L', 'nosuch.lua', 'd.md', out='', err=['nosuch.lua'])
    # Rules of a profile, by paths from its folder; they are caged even with --trust.
    write('p/own.yaml', 'orgdraft-profile: 1\nid: own\nlua: [r/own-rule.lua]\n')
    lua('function Strong(el) orgdraft.report {el, message = "own", severity = "error"} end', 'p/r/own-rule.lua')
    run(1, 'check', '-q', '-p', 'p/own.yaml', 'd.md', out='d.md:6:3: error: own [own-rule]\n', err='')
    run(1, 'check', '-q', '-p', 'p/own.yaml', '-L', 'info.lua', 'd.md',
        out='d.md:6:3: info: i [info]\nd.md:6:3: error: own [own-rule]\n')
    lua('os.execute "true"', 'p/r/own-rule.lua')
    run(2, 'check', '--trust', '-p', 'p/own.yaml', 'd.md', out='', err=['os.execute is not available'])
    os.remove('p/r/own-rule.lua')
    run(2, 'check', '-p', 'p/own.yaml', 'd.md', out='', err=['p/r/own-rule.lua', 'd.md: not checked'])
    run(2, 'profile', 'check', write('bad.yaml', 'orgdraft-profile: 1\nlua: {a: b}\n'))


HASTE = """
local SAY = {zh = '“%s”太笼统，请写明日期', en = '“%s” is vague; write the date'}
function Para(el)
  local at, text = orgdraft.span(el), orgdraft.source(el)
  for _, word in ipairs {'近日', 'soon'} do
    local start, stop = text:find(word, 1, true)
    if start then
      orgdraft.report {{start = at.start + start - 1, stop = at.start + stop}, rule = 'haste',
                       message = SAY[orgdraft.language]:format(word)}
    end
  end
end"""


def part_languages():
    """A rule that speaks two languages: in plain text and Markdown, as text and as JSON."""
    write('plain.yaml', 'orgdraft-profile: 1\nid: plain\nlabel: Plain\n')
    rule = ['-p', 'plain.yaml', '-L', lua(HASTE, 'haste.lua')]
    body = '馆内近日添置了书架，读者很喜欢。\n\nWe mend the 长 roof soon, they say.\n'
    places = [(1, 3, 5, '近日'), (3, 20, 24, 'soon')]
    for name, head in (('a.txt', ''), ('a.md', '---\nkey: v\n---\n\n')):
        lines = head.count('\n')
        write(name, head + body)
        for language, say in (('zh', '“%s”太笼统，请写明日期'), ('en', '“%s” is vague; write the date')):
            text = ''.join('%s:%d:%d: warning: %s [haste]\n' % (name, lines + line, column, say % word)
                           for line, column, _, word in places)
            run(1, 'check', '-q', '--lang', language, *rule, name, out=text, err='')
            made = run(1, 'check', '--lang', language, '--format', 'json', *rule, name)
            found = [(d['range']['start'], d['range']['end'], d['message'])
                     for d in json.loads(made.out)['diagnostics'] if d['rule'] == 'haste']
            check('places in JSON', [(s['line'], s['column'], e['line'], e['column'], m)
                                     for s, e, m in found] ==
                  [(lines + line, start, lines + line, end, say % word)
                   for line, start, end, word in places])
        silent = '<!-- orgdraft-disable-next-line haste: the date is not known -->\n'
        write(name, head + silent + body)
        made = run(1, 'check', '-q', *rule, name, out=['“soon”'])
        check('one is silent', made.out.count(b'[haste]') == 1)
        write(name, head + '<!-- orgdraft-disable haste: no dates are known -->\n\n' + body)
        run(0, 'check', '-q', *rule, name, out='', err='')


def main():
    global last
    wanted = sys.argv[1:]
    parts = {n[5:]: f for n, f in globals().items() if n.startswith('part_')}
    home = os.getcwd()
    for name in wanted or parts:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            last = name
            parts[name]()
            os.chdir(home)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
