#!/usr/bin/env python3
"""The filters and rules that ship, compared with what pandoc makes of the same files.

usage: shipped.py [check]    runs orgdraft; needs no pandoc
       shipped.py accept     asks pandoc and stores its answers; needs pandoc 2.17, node and
                             PANDOC_WASM (see tools/pandoc3.mjs). Both must give the same document.

shipped/NAME.md is a document for the filter whose name NAME begins with, NAME.json what comes out.
shipped/rules/NAME.md is one for a rule; NAME.findings holds what it finds, written by hand.
docs/filters.md is tested as well: see `check_docs`.
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
CASES, FILTERS = HERE + '/shipped', ROOT + '/filters'
ORGDRAFT = os.path.abspath(os.environ.get(
    'ORGDRAFT', os.path.join(os.environ.get('BUILD', 'build'), 'orgdraft')))
TRUSTED = ['include']
passed = failed = 0


def check(what, right, details=''):
    global passed, failed
    passed += bool(right)
    failed += not right
    if not right:
        print('%s\n%s' % (what, details))


def run(*command, folder=CASES):
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def orgdraft(*arguments, folder=CASES):
    return run(ORGDRAFT, *arguments, folder=folder)


def comparable(text):
    document = json.loads(text)
    document.pop('pandoc-api-version')
    return json.dumps(document, sort_keys=True, ensure_ascii=False)


def filter_of(case, folder):
    names = [os.path.basename(f)[:-4] for f in glob.glob(folder + '/*.lua')]
    return max((n for n in names if case.startswith(n)), key=len)


def cases(folder):
    return sorted(os.path.basename(f)
                  for suffix in ('md', 'txt') for f in glob.glob(folder + '/*.' + suffix))


# ---- filters ------------------------------------------------------------------------------------

def check_filters():
    used = set()
    for case in cases(CASES):
        name = filter_of(case, FILTERS)
        used.add(name)
        trust = ['--trust'] if name in TRUSTED else []
        reading = ['filter', '-f', 'gfm', '-t', 'json', case]
        before = orgdraft(*reading)
        after = orgdraft(*reading, '-L', FILTERS + '/' + name + '.lua', *trust)
        with open(CASES + '/' + case[:-3] + '.json', encoding='utf8') as file:
            want = comparable(file.read())
        check(case, after.returncode == 0 and comparable(after.stdout) == want,
              'pandoc: %s\nhere:   %s%s' % (want, after.stdout, after.stderr))
        check(case + ' is not changed', comparable(before.stdout) != want)
        check(case + ' speaks', bool(after.stderr) == (name == 'wordcount'), after.stderr)
    for path in glob.glob(FILTERS + '/*.lua'):
        check(path + ' has no case', os.path.basename(path)[:-4] in used)
    caged = orgdraft('filter', '-t', 'json', 'include.md', '-L', FILTERS + '/include.lua')
    check('include runs in the cage', caged.returncode == 83 and '--trust' in caged.stderr and
          not caged.stdout, caged.stderr)
    counted = orgdraft('filter', 'wordcount.md', '-L', FILTERS + '/wordcount.lua').stderr
    check('wordcount counts',
          counted == 'wordcount: 22 (12 Chinese characters, 10 words)\n', counted)


# ---- rules --------------------------------------------------------------------------------------

def findings(case, rule, language):
    path = FILTERS + '/rules/' + rule + '.lua'
    made = orgdraft('check', '--no-config', '-q', '--lang', language, '-L', path, case,
                    folder=CASES + '/rules')
    lines = [l for l in made.stdout.split('\n') if l.endswith('[%s]' % rule)]
    return ''.join('%s %s\n' % (language, l) for l in lines), made


def check_rules():
    for case in cases(CASES + '/rules'):
        rule = filter_of(case, FILTERS + '/rules')
        stored = CASES + '/rules/' + os.path.splitext(case)[0] + '.findings'
        with open(stored, encoding='utf8') as file:
            want = file.read()
        english, made = findings(case, rule, 'en')
        have = english + findings(case, rule, 'zh')[0]
        check(case, want and have == want,
              'wanted:\n%sfound:\n%s%s' % (want, have, made.stderr))
        check(case + ' ends with %d' % made.returncode, made.returncode == 1, made.stderr)


# ---- the manual ---------------------------------------------------------------------------------

def check_docs():
    """Blocks of docs/filters.md whose first line names a file are that file; lines `$ command` of
    console blocks are run, and what stands below is all that they print."""
    with open(ROOT + '/docs/filters.md', encoding='utf8') as file:
        text = file.read()
    blocks = re.findall(r'^```(\w+)\n(.*?)^```$', text, re.M | re.S)
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(ORGDRAFT, folder + '/orgdraft')
        os.symlink(FILTERS, folder + '/filters')
        environment = dict(os.environ, LC_ALL='C', PATH=folder + ':' + os.environ['PATH'])
        for kind, block in blocks:
            named = re.match(r'(?:--|#|<!--) file: (\S+)(?: -->)?\n', block)
            if named:
                with open(folder + '/' + named.group(1), 'w', encoding='utf8') as file:
                    file.write(block[named.end():])
            elif kind == 'console':
                runs = re.findall(r'^\$ (.*)\n((?:(?!\$ ).*\n)*)', block, re.M)
                for command, want in runs:
                    made = subprocess.run(command, shell=True, capture_output=True, text=True,
                                          check=False, cwd=folder, env=environment)
                    have = made.stdout + made.stderr
                    check('docs/filters.md: ' + command, have == want,
                          'wanted:\n%sfound:\n%s' % (want, have))
    examples = ''.join(block for _, block in blocks)
    for name in orgdraft('lua', '-e', 'for k in pairs(orgdraft) do print(k) end').stdout.split():
        check('docs/filters.md: an example of ' + name, 'orgdraft.' + name in examples)


# ---- asking pandoc ------------------------------------------------------------------------------

def pandoc(case, script):
    """Returns what pandoc 2.17 and 3.10 make of a case, and what the filter said in 2.17."""
    filters = ['-L', script] if script else []
    old = run('pandoc', '-f', 'gfm+yaml_metadata_block', '-t', 'json', *filters, case)
    with tempfile.TemporaryDirectory() as folder:
        # WebAssembly sees one folder only, and prints what filters say before the document.
        run('cp', '-r', CASES + '/.', folder)
        if script:
            run('cp', script, folder)
        new = run('node', HERE + '/tools/pandoc3.mjs', '-f', 'gfm', '-t', 'json',
                  *(['-L', os.path.basename(script)] if script else []), case, folder=folder)
    answers = old.stdout, new.stdout[new.stdout.index('{"'):]
    if comparable(answers[0]) != comparable(answers[1]):
        sys.exit('%s: the two versions of pandoc differ\n%s\n%s' % (case, *answers))
    return answers[1].strip() + '\n', old.stderr


def accept():
    for case in cases(CASES):
        script = FILTERS + '/' + filter_of(case, FILTERS) + '.lua'
        with open(CASES + '/' + case[:-3] + '.json', 'w', encoding='utf8') as file:
            file.write(pandoc(case, script)[0])
    for case in cases(CASES + '/rules'):
        script = FILTERS + '/rules/' + filter_of(case, FILTERS + '/rules') + '.lua'
        made, said = pandoc('rules/' + case, script)
        if said or comparable(made) != comparable(pandoc('rules/' + case, None)[0]):
            sys.exit('%s is not silent in pandoc\n%s' % (script, said))


def main():
    if sys.argv[1:] == ['accept']:
        accept()
        return 0
    check_filters()
    check_rules()
    check_docs()
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
