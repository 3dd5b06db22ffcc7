#!/usr/bin/env python3
"""Lua filters and expressions, compared with what pandoc 3.10 makes of them.

usage: filters.py [check [NAME...]]   runs tests/tools/lua_run of the build; needs no pandoc
       filters.py accept [NAME...]    asks pandoc and stores its answers; needs node and PANDOC_WASM
                                      (see tools/pandoc3.mjs)

filters/probes/*.lua hold one expression or chunk a line, each run in pandoc and here, results (or the
error) compared as text. filters/cases/*.lua are filters, run on each of filters/cases/*.md; the
documents that come out are compared as data. NAME is a file's name without its suffix.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.environ.get('BUILD', 'build')
RUN = os.path.abspath(os.environ.get('LUA_RUN', os.path.join(BUILD, 'tests/tools/lua_run')))
PROBES, CASES = HERE + '/filters/probes', HERE + '/filters/cases'

HARNESS = r'''
local function one(text)
  local f, err = load('return ' .. text, '=probe')
  if not f then f, err = load(text, '=probe') end
  if not f then return 'SYNTAX ' .. err end
  local results = table.pack(pcall(f))
  local count = math.max(results.n, 2)
  for i = 2, count do
    local _, s = pcall(tostring, results[i])
    results[i] = tostring(s):gsub('0x%x+', 'ADDR'):gsub('probe:%d+: ', '')
  end
  return (results[1] and '= ' or '! ') .. table.concat(results, ' | ', 2, count)
end
for _, text in ipairs(PROBES) do print((one(text):gsub('\n', '\\n'))) end
io.stdout:flush()
return {{}}
'''


def is_probe(line):
    return line and not line.startswith('--')


def names(pattern, wanted):
    found = sorted(glob.glob(pattern))
    return [f for f in found if not wanted or os.path.basename(f)[:-4] in wanted]


class Pandoc:
    """pandoc 3.10 as WebAssembly, one job after the other."""

    def __init__(self):
        self.process = subprocess.Popen(['node', HERE + '/tools/pandoc3.mjs', '--serve'], text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def run(self, folder, document, script):
        options = {'from': 'gfm-yaml_metadata_block', 'to': 'json', 'input-files': [document]}
        if script:
            options['filters'] = [{'type': 'lua', 'path': script}]
        self.process.stdin.write(json.dumps({'dir': folder, 'opts': options}) + '\n')
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


def ours(document, script):
    return subprocess.run([RUN, document, script], capture_output=True, text=True, check=False,
                          errors='replace')


# ---- probes ---------------------------------------------------------------------------------------

def probe_script(lines):
    return 'local PROBES = {\n' + ''.join('[====[%s]====],\n' % l for l in lines) + '}\n' + HARNESS


def probe_ours(lines):
    with tempfile.TemporaryDirectory() as folder:
        path = folder + '/probe.lua'
        with open(path, 'w', encoding='utf8') as file:
            file.write(probe_script(lines))
        return ours('-n', path).stdout.split('\n')[:len(lines)]


def probe_pandoc(pandoc, lines):
    with tempfile.TemporaryDirectory() as folder:
        open(folder + '/empty.md', 'w', encoding='utf8').close()
        with open(folder + '/probe.lua', 'w', encoding='utf8') as file:
            file.write(probe_script(lines))
        answer = pandoc.run(folder, 'empty.md', 'probe.lua')
    if answer['err'].startswith('TRAP'):  # one of the lines ended pandoc: find out which
        if len(lines) == 1:
            return ['TRAP']
        half = len(lines) // 2
        return probe_pandoc(pandoc, lines[:half]) + probe_pandoc(pandoc, lines[half:])
    return answer['printed'].split('\n')[:len(lines)]


def read_probes(path):
    with open(path, encoding='utf8') as file:
        return [line for line in file.read().split('\n') if is_probe(line)]


def accept_probes(pandoc, wanted):
    for path in names(PROBES + '/*.lua', wanted):
        answers = probe_pandoc(pandoc, read_probes(path))
        with open(path[:-4] + '.expected', 'w', encoding='utf8') as file:
            file.write('\n'.join(answers) + '\n')


def check_probes(wanted):
    passed = failed = 0
    for path in names(PROBES + '/*.lua', wanted):
        lines = read_probes(path)
        with open(path[:-4] + '.expected', encoding='utf8') as file:
            expected = file.read().split('\n')
        got = probe_ours(lines)
        got += [''] * (len(lines) - len(got))
        for line, want, have in zip(lines, expected, got):
            if want == have:
                passed += 1
                continue
            failed += 1
            print('%s: %s\n  pandoc: %s\n  here:   %s' % (os.path.basename(path), line, want, have))
    return passed, failed


# ---- cases ----------------------------------------------------------------------------------------

def accept_cases(pandoc, wanted):
    documents = sorted(glob.glob(CASES + '/*.md'))
    for path in [None] + names(CASES + '/*.lua', wanted):
        answers = []
        for document in documents:
            name = os.path.basename(document)
            answer = pandoc.run(CASES, name, path and os.path.basename(path))
            text = answer['out'].strip() or json.dumps({'error': answer['err']}, ensure_ascii=False)
            answers.append(json.dumps(name) + ':' + text)
        stored = (path[:-4] if path else CASES + '/none') + '.json'
        with open(stored, 'w', encoding='utf8') as file:
            file.write('{' + ',\n'.join(answers) + '}\n')


def comparable(document):
    document.pop('pandoc-api-version', None)
    return json.dumps(document, sort_keys=True, ensure_ascii=False)


def agrees(want, run):
    if 'error' in want:  # the message is pandoc's, the frame around it is not
        first = run.stderr.split('\n')[1:2]
        return run.returncode == 83 and first and re.sub(r'^.*lua:\d+: ', '', first[0]) in want['error']
    try:
        return comparable(json.loads(run.stdout)) == comparable(want)
    except json.JSONDecodeError:
        return False


def check_cases(wanted):
    with open(CASES + '/none.json', encoding='utf8') as file:
        untouched = {name: comparable(d) for name, d in json.load(file).items()}
    passed = failed = changing = 0
    for path in names(CASES + '/*.lua', wanted):
        with open(path[:-4] + '.json', encoding='utf8') as file:
            expected = json.load(file)
        for name, want in expected.items():
            run = ours(CASES + '/' + name, path)
            changing += 'error' in want or comparable(dict(want)) != untouched[name]
            if agrees(want, run):
                passed += 1
                continue
            failed += 1
            print('%s on %s\n  pandoc: %s\n  here:   %s%s' % (
                os.path.basename(path), name, json.dumps(want, ensure_ascii=False)[:2000],
                run.stdout[:2000], run.stderr[:2000]))
    print('%d of %d pairs change the document' % (changing, passed + failed))
    return passed, failed


def main():
    arguments = sys.argv[1:] or ['check']
    wanted = arguments[1:]
    if arguments[0] == 'accept':
        pandoc = Pandoc()
        accept_probes(pandoc, wanted)
        accept_cases(pandoc, wanted)
        return 0
    results = [check_probes(wanted), check_cases(wanted)]
    passed, failed = (sum(r[i] for r in results) for i in (0, 1))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
