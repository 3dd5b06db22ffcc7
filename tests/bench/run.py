#!/usr/bin/env python3
"""Side-by-side figures: medians of ratios, all from one run on one machine.

usage: run.py [--max SIZE] [--runs N] [--seconds S] [--only PART] [--keep DIR]

  --max SIZE     largest draft: 4K 100K 1M 10M 100M (default 100M)
  --runs N       rounds of each comparison at most (default 15); each round runs every program once,
                 in turn, so that a busy machine slows all of them alike
  --seconds S    rounds of one comparison end after so long, but not before three (default 60)
  --only PART    one part: start floor each pandoc filter lint values extract; may be given again
  --rows N       most rows of a table (default 10000)
  --keep DIR     where the drafts are made and left (default: a temporary folder)

Start-up is measured against an empty C program; values of fields against check without any; extract over a
thousand drafts against the floor over all of them; check and fill against a floor that reads the file,
parses it with cmark-gfm and walks the tree (floor.c); `fill --each` against a program that writes as
many copies of the template, with temporary names, one sync and renames as we do, and plainly (copy.c);
against `pandoc -f gfm -t gfm` up to 1 MB; filter, from JSON and from GFM, trusted and caged, against
`pandoc -L` with the same filter up to 1 MB, against itself without one, and at its start against an
empty program; and against rumdl and markdownlint-cli2 (rule MD043, required headings), where these are
in PATH or in ./node_modules/.bin. CPU time is user and system time of the process and its children;
memory is its largest resident set. Nothing is installed by this script.
"""
import argparse
import csv
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = os.environ.get('BUILD', 'build')
ORGDRAFT = os.path.abspath(os.path.join(BUILD, 'orgdraft'))
FLOOR = os.path.abspath(os.path.join(BUILD, 'tests/bench/floor'))
MEASURE = os.path.abspath(os.path.join(BUILD, 'tests/bench/measure'))
COPY = os.path.abspath(os.path.join(BUILD, 'tests/bench/copy'))
EMPTY = os.path.abspath(os.path.join(BUILD, 'tests/bench/empty'))
SIZES = {'4K': 4 << 10, '100K': 100 << 10, '1M': 1 << 20, '10M': 10 << 20, '100M': 100 << 20}
QUIET = {'LC_ALL': 'C', 'NO_COLOR': '1', 'PATH': os.environ.get('PATH', ''),
         'HOME': os.environ.get('HOME', '/')}


# ---- drafts ----------------------------------------------------------------------------------------

ZH = ['图书馆把旧书登记造册，分类摆放，方便读者查找', '志愿者轮流值班，周末也开门', '大家围绕送书上门交流了做法',
      '意见箱里的纸条每周整理一次', '儿童阅览室换了灯，**亮了许多**', '与会人员都说*夜间开放*很受欢迎',
      '详见[开放时间](https://example.org/hours)', '问卷里问得最多的是`ISBN`怎么查']
ZH_BLANKS = ['共收到意见建议XX条', '到场XX人次', '借出图书XX册', '于2025年XX月XX日召开会议']
EN = ['The committee went through the list of last year and struck out what was done',
      'Volunteers take turns at the desk, also on *Sundays*', 'Old books are sorted and put where people find them',
      'The lamp in the reading room was replaced and is **much** brighter',
      'See the [opening hours](https://example.org/hours) for details', 'Most questions were about the `ISBN`']
EN_BLANKS = ['the survey was answered by XX readers', 'it cost XX euros', 'the next one is on XX May']


def blank_of(rng, choices, number):
    """A clause with a blank. Its words are numbered, as no two clauses of a report are the same."""
    return '第%d项%s' % (number, rng.choice(choices)) if choices is ZH_BLANKS else \
        'item %d: %s' % (number, rng.choice(choices))


def make_draft(path, size, language, filled=False):
    """Writes a report-like draft of about `size` bytes: sections, paragraphs, lists, a table now and then,
    and a blank in each paragraph (some 430 bytes; a real report has more), at most 20,000. With `filled`
    there are figures in their place."""
    rng = random.Random(language + str(size))
    sentences, blanks = (ZH, ZH_BLANKS) if language == 'zh' else (EN, EN_BLANKS)
    end, comma = ('。', '，') if language == 'zh' else ('. ', ', ')
    heads = ['会前准备', '会议召开', '会议成果'] if language == 'zh' else ['Preparation', 'Meeting', 'Results']
    every = max(1, size // 1000 // 20000)
    written = paragraphs = blank_count = head_count = 0
    with open(path, 'w', encoding='utf-8', newline='\n') as out:
        while written < size:
            block = ''
            if written * 3 >= size * head_count:
                block = '## %s\n\n' % heads[head_count]
                head_count += 1
            text = [rng.choice(sentences) for _ in range(rng.randint(3, 7))]
            if paragraphs % every == 0:
                blank_count += 1
                clause = blank_of(rng, blanks, blank_count)
                text.insert(rng.randint(0, len(text)), clause.replace('XX', '7') if filled else clause)
            paragraphs += 1
            kind = rng.random()
            if kind < 0.08:
                block += ''.join('- %s\n' % item for item in text) + '\n'
            elif kind < 0.10:
                block += '| a | b |\n|---|---|\n' + ''.join('| %s | 1 |\n' % item for item in text) + '\n'
            else:
                block += comma.join(text[:2]) + end + end.join(text[2:]) + end.rstrip() + '\n\n'
            written += len(block.encode())
            out.write(block)


# ---- measuring -------------------------------------------------------------------------------------

def run_once(command, cwd):
    """Runs a command; returns its CPU seconds, wall seconds, largest resident set in KB, exit code."""
    done = subprocess.run([MEASURE, *command], cwd=cwd, env=QUIET, stdout=subprocess.PIPE, check=True)
    cpu, wall, memory, code = done.stdout.split()
    return float(cpu), float(wall), int(memory), int(code)


def compare(commands, options, cwd, good=(0, 1)):
    """Runs each command once a round; returns a list of rounds, each a dict of name to figures."""
    rounds = []
    begin = time.perf_counter()
    for name, command in commands.items():  # once for the caches, and to see that it works
        code = run_once(command, cwd)[3]
        if code not in good:
            sys.exit('bench: %s ended with %s: %s' % (name, code, ' '.join(command)))
    while len(rounds) < options.runs:
        rounds.append({name: run_once(command, cwd) for name, command in commands.items()})
        if len(rounds) >= 3 and time.perf_counter() - begin > options.seconds:
            break
    return rounds


def median(rounds, figure, name, base=None):
    if base is None:
        return statistics.median(r[name][figure] for r in rounds)
    return statistics.median(r[name][figure] / max(r[base][figure], 1e-9) for r in rounds)


def row(*cells):
    widths = (14, 10, 12, 12, 12, 12, 10)
    print('  '.join(str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
                    for i, (cell, width) in enumerate(zip(cells, widths))), flush=True)


def ms(seconds):
    return '%.1f ms' % (seconds * 1000)


def mb(kilobytes):
    return '%.1f MB' % (kilobytes / 1024)


# ---- the parts -------------------------------------------------------------------------------------

def bench_start(options, folder):
    make_draft(os.path.join(folder, 'start.md'), 4 << 10, 'zh')
    commands = {'empty': [EMPTY], 'version': [ORGDRAFT, '--version'],
                'check 4K': [ORGDRAFT, 'check', 'start.md']}
    if shutil.which('true'):
        commands['true'] = [shutil.which('true')]
    saved = options.runs
    options.runs = max(options.runs, 100)
    rounds = compare(commands, options, folder)
    options.runs = saved
    print('\nStart-up: wall time, and how much more than an empty C program (medians of %d rounds)' % len(rounds))
    row('program', 'wall', 'over empty')
    for name in commands:
        over = statistics.median(r[name][1] - r['empty'][1] for r in rounds)
        row(name, ms(median(rounds, 1, name)), ms(over))


def write_data(path, draft):
    """One key for each blank that fill is given: those of the first 2,000 numbered clauses."""
    keys = []
    with open(draft, encoding='utf-8') as text:
        for match in re.finditer(r'(?:第(\d+)项|item (\d+): )[^，。,.|\n]*', text.read(64 << 20)):
            if 'XX' in match.group(0):
                keys.append(match.group(0).rstrip())
            if len(keys) == 2000:
                break
    with open(path, 'w', encoding='utf-8') as out:
        out.write('{}\n' if not keys else '')
        for key in keys:
            value = '[1, 2]' if key.count('XX') == 2 else '7'
            out.write("'%s': %s\n" % (key, value))


def bench_floor(options, folder):
    print('\nAgainst the floor (read, parse with cmark-gfm, walk): medians of ratios')
    row('draft', 'floor CPU', 'check CPU', 'fill CPU', 'floor RSS', 'check RSS', 'fill RSS')
    drafts = [(language, size, filled) for language in ('zh', 'en') for filled in (False, True)
              for size in options.sizes]
    for language, size, filled in drafts:
        draft = '%s-%s%s.md' % (language, size, '-filled' if filled else '')
        make_draft(os.path.join(folder, draft), SIZES[size], language, filled)
        write_data(os.path.join(folder, 'data.yaml'), os.path.join(folder, draft))
        commands = {'floor': [FLOOR, draft], 'check': [ORGDRAFT, 'check', draft],
                    'fill': [ORGDRAFT, 'fill', draft, '-d', 'data.yaml', '--partial', '-o', 'out.md']}
        rounds = compare(commands, options, folder)
        row('%s %s%s' % (language, size, ', no XX' if filled else ''), ms(median(rounds, 0, 'floor')),
            *('x%.2f' % median(rounds, 0, name, 'floor') for name in ('check', 'fill')),
            mb(median(rounds, 2, 'floor')),
            *('x%.2f' % median(rounds, 2, name, 'floor') for name in ('check', 'fill')))
        os.remove(os.path.join(folder, draft))


def write_table(path, draft, count):
    """A row of figures for each draft, under the keys of the sample's own data file."""
    keys = []
    with open(os.path.splitext(draft)[0] + '.data.yaml', encoding='utf-8') as data:
        for line in data:
            key, mark, value = line.rstrip('\n').partition(': ')
            if mark and not line.startswith('#'):
                values = value.strip('[]').split(', ') if value.startswith('[') else [value]
                keys += [(key, one) for one in values]
    with open(path, 'w', encoding='utf-8', newline='') as out:
        table = csv.writer(out)
        table.writerow(['unit'] + [key for key, _ in keys])
        for number in range(1, count + 1):
            table.writerow(['unit-%05d' % number] + [value for _, value in keys])


def bench_each(options, folder):
    draft = os.path.abspath('samples/reading-meeting.txt')
    shutil.copy(draft, os.path.join(folder, 'template.txt'))
    print('\nOne draft per row: CPU and wall time, and as ratios to writing as many copies (medians)')
    row('rows', 'copy CPU', 'each CPU', 'ratio', 'copy wall', 'each wall', 'ratio')
    for count in sorted({options.rows // 10, options.rows}):
        write_table(os.path.join(folder, 'rows.csv'), draft, count)
        each = [ORGDRAFT, 'fill', 'template.txt', '--each', 'rows.csv', '--out', 'each/{unit}.txt', '-q']
        for title, copy in (('safe', []), ('plain', ['plain'])):
            rounds = []
            while len(rounds) < 3 or (len(rounds) < options.runs and sum(r['each'][1] for r in rounds) < 5):
                shutil.rmtree(os.path.join(folder, 'copy'), ignore_errors=True)
                shutil.rmtree(os.path.join(folder, 'each'), ignore_errors=True)
                commands = {'copy': [COPY, 'template.txt', 'copy', str(count), *copy], 'each': each}
                rounds.append({})
                for name in commands:
                    os.sync()  # what was removed before is not to be paid by whoever comes first
                    rounds[-1][name] = run_once(commands[name], folder)
                if rounds[-1]['copy'][3] or rounds[-1]['each'][3]:
                    sys.exit('bench: copying or filling failed')
            cells = []
            for figure in (0, 1):
                cells += [ms(median(rounds, figure, 'copy')), ms(median(rounds, figure, 'each')),
                          'x%.2f' % median(rounds, figure, 'each', 'copy')]
            row('%d, %s' % (count, title), *cells)


def bench_pandoc(options, folder):
    if not shutil.which('pandoc'):
        print('\npandoc is not installed: left out')
        return
    print('\nAgainst pandoc -f gfm -t gfm: how many times its CPU time and memory are ours')
    row('draft', 'pandoc CPU', 'over check', 'over fill', 'pandoc RSS', 'over check', 'over fill')
    for language in ('zh', 'en'):
        for size in [s for s in options.sizes if SIZES[s] <= 1 << 20]:
            draft = '%s-%s.md' % (language, size)
            make_draft(os.path.join(folder, draft), SIZES[size], language)
            write_data(os.path.join(folder, 'data.yaml'), os.path.join(folder, draft))
            commands = {'pandoc': ['pandoc', '-f', 'gfm', '-t', 'gfm', draft],
                        'check': [ORGDRAFT, 'check', draft],
                        'fill': [ORGDRAFT, 'fill', draft, '-d', 'data.yaml', '--partial', '-o', 'out.md']}
            rounds = compare(commands, options, folder)
            row('%s %s' % (language, size), ms(median(rounds, 0, 'pandoc')),
                *('x%.1f' % median(rounds, 0, 'pandoc', name) for name in ('check', 'fill')),
                mb(median(rounds, 2, 'pandoc')),
                *('x%.1f' % median(rounds, 2, 'pandoc', name) for name in ('check', 'fill')))


# Upper case for every word, and a filter that finds nothing to do.
FILTERS = {'upper.lua': 'function Str(el) el.text = pandoc.text.upper(el.text) return el end\n',
           'nothing.lua': 'function LineBlock(el) return {} end\n'}
WAYS = {'trusted': ['--trust'], 'caged': []}


def filter_command(source, path, lua=None, way='trusted'):
    options = ['-L', lua, *WAYS[way]] if lua else []
    return [ORGDRAFT, 'filter', '-f', source, '-t', 'json', *options, path]


def make_filter_drafts(folder, language, size):
    """Returns the draft as {format: file}. Chinese has no upper case: each clause gets a letter, so that
    every word is changed. The JSON is that of pandoc 2 and 3."""
    paths = {source: '%s-%s.%s' % (language, size, source) for source in ('gfm', 'json')}
    make_draft(os.path.join(folder, paths['gfm']), SIZES[size], language)
    with open(os.path.join(folder, paths['gfm']), encoding='utf-8') as draft:
        text = draft.read()
    with open(os.path.join(folder, paths['gfm']), 'w', encoding='utf-8', newline='\n') as draft:
        draft.write(text.replace('，', '，a'))
    json = subprocess.run(filter_command('gfm', paths['gfm']), cwd=folder, stdout=subprocess.PIPE,
                          env=QUIET, check=True).stdout
    with open(os.path.join(folder, paths['json']), 'wb') as out:
        out.write(re.sub(rb'"pandoc-api-version":\[[0-9,]*\]', b'"pandoc-api-version":[1,22]', json, count=1))
    return paths


def filter_row(name, commands, options, folder):
    rounds = compare(commands, options, folder, (0,))
    times = [ms(median(rounds, 0, way)) for way in WAYS]
    over = ['x%.1f' % median(rounds, 0, 'pandoc', way) if 'pandoc' in commands else '-' for way in WAYS]
    pandoc = ms(median(rounds, 0, 'pandoc')) if 'pandoc' in commands else '-'
    row(name, pandoc, *times, *over, mb(max(median(rounds, 2, way) for way in WAYS)))


def bench_filter_pandoc(options, folder, drafts):
    print('\nFilter that changes every word: how many times the CPU time of pandoc -L is ours; our memory')
    row('draft', 'pandoc CPU', 'trusted CPU', 'caged CPU', 'over trusted', 'over caged', 'RSS')
    for (language, size), paths in drafts.items():
        for source, path in paths.items():
            commands = {way: filter_command(source, path, 'upper.lua', way) for way in WAYS}
            if shutil.which('pandoc') and SIZES[size] <= 1 << 20:
                commands['pandoc'] = ['pandoc', '-f', source, '-t', 'json', '-L', 'upper.lua', path]
            filter_row('%s %s %s' % (language, size, source), commands, options, folder)


def bench_filter_nothing(options, folder, drafts):
    print('\nFilter that touches no element, against reading and writing alone: medians of ratios')
    row('draft', 'none CPU', 'trusted CPU', 'caged CPU', 'none RSS', 'trusted RSS', 'caged RSS')
    for (language, size), paths in drafts.items():
        if SIZES[size] < 1 << 20:
            continue  # there the start is most of it
        for source, path in paths.items():
            commands = {way: filter_command(source, path, 'nothing.lua', way) for way in WAYS}
            commands['none'] = filter_command(source, path)
            rounds = compare(commands, options, folder, (0,))
            row('%s %s %s' % (language, size, source), ms(median(rounds, 0, 'none')),
                *('x%.2f' % median(rounds, 0, way, 'none') for way in WAYS), mb(median(rounds, 2, 'none')),
                *('x%.2f' % median(rounds, 2, way, 'none') for way in WAYS))


def bench_filter_start(options, folder, path):
    commands = {'empty': [EMPTY], 'none': filter_command('gfm', path)}
    for way in WAYS:
        commands[way] = filter_command('gfm', path, 'upper.lua', way)
    saved = options.runs
    options.runs = max(options.runs, 100)
    rounds = compare(commands, options, folder, (0,))
    options.runs = saved
    print('\nFilter of 4 KB: how much more than an empty C program (medians of %d rounds)' % len(rounds))
    row('program', 'CPU', 'CPU over', 'wall', 'wall over')
    for name in commands:
        over = [statistics.median(r[name][i] - r['empty'][i] for r in rounds) for i in (0, 1)]
        row(name, ms(median(rounds, 0, name)), ms(over[0]), ms(median(rounds, 1, name)), ms(over[1]))


def bench_filter(options, folder):
    if not shutil.which('pandoc'):
        print('\npandoc is not installed: left out')
    for name, text in FILTERS.items():
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as out:
            out.write(text)
    drafts = {(language, size): make_filter_drafts(folder, language, size)
              for language in ('zh', 'en') for size in options.sizes if size in ('4K', '1M', '10M')}
    bench_filter_pandoc(options, folder, drafts)
    bench_filter_nothing(options, folder, drafts)
    bench_filter_start(options, folder, drafts['zh', '4K']['gfm'])


def find_tool(name):
    local = os.path.abspath(os.path.join('node_modules/.bin', name))
    return local if os.access(local, os.X_OK) else shutil.which(name)


def bench_lint(options, folder):
    """Rule MD043: the headings that a draft must have, as our sections."""
    tools = {name: find_tool(name) for name in ('rumdl', 'markdownlint-cli2')}
    for name, path in tools.items():
        if not path:
            print('\n%s is not installed: left out' % name)
    tools = {name: path for name, path in tools.items() if path}
    if not tools:
        return
    headings = ['## Preparation', '## Meeting', '## Results']
    with open(os.path.join(folder, '.rumdl.toml'), 'w', encoding='utf-8') as out:
        out.write('[global]\nenable = ["MD043"]\ncache = false\n\n[MD043]\nheadings = %s\n' %
                  str(headings).replace("'", '"'))
    with open(os.path.join(folder, '.markdownlint-cli2.jsonc'), 'w', encoding='utf-8') as out:
        out.write('{"config": {"default": false, "MD043": {"headings": %s}}}\n' %
                  str(headings).replace("'", '"'))
    with open(os.path.join(folder, 'three.yaml'), 'w', encoding='utf-8') as out:
        out.write('orgdraft-profile: 1\nid: three\nsections:\n' + ''.join(
            '  - {id: s%d, level: 1, any: [%s]}\n' % (i, h[3:]) for i, h in enumerate(headings)))
    print('\nAgainst linters with rule MD043 alone: how many times their CPU time and memory are ours')
    row('draft', 'check CPU', *('%s' % n[:12] for n in tools), 'check RSS', *('%s' % n[:12] for n in tools))
    for size in [s for s in options.sizes if SIZES[s] <= 10 << 20]:
        draft = 'en-%s.md' % size
        make_draft(os.path.join(folder, draft), SIZES[size], 'en')
        commands = {'check': [ORGDRAFT, 'check', '-p', './three.yaml', draft]}
        for name, path in tools.items():
            commands[name] = [path, 'check', '--no-cache', draft] if name == 'rumdl' else [path, draft]
        rounds = compare(commands, options, folder)
        row('en %s' % size, ms(median(rounds, 0, 'check')),
            *('x%.1f' % median(rounds, 0, name, 'check') for name in tools),
            mb(median(rounds, 2, 'check')),
            *('x%.1f' % median(rounds, 2, name, 'check') for name in tools))


def write_profile(path, draft, phrases, rules=0):
    """A profile whose phrases are the first clauses of a filled draft, made up where it has no more, over at
    most a hundred fields, and rules over these. No phrases: the same profile without."""
    found, fields = [], max(1, min(phrases, 100))
    with open(draft, encoding='utf-8') as text:
        for match in re.finditer(r'(第\d+项[^，。|\n]*?)7([^，。|\n0-9]+)', text.read()):
            found.append('%s<f%d>%s' % (match.group(1), len(found) % fields, match.group(2)))
            if len(found) >= phrases:
                break
    found = found[:phrases] + ['无此事项第%d号共<f%d>件' % (i, i % fields) for i in range(len(found), phrases)]
    with open(path, 'w', encoding='utf-8') as out:
        out.write('orgdraft-profile: 1\nid: made\n')
        if found:
            out.write('fields:\n' + ''.join('  f%d: {type: integer, min: 0}\n' % i for i in range(fields)))
            out.write('bindings:\n  "*":\n' + ''.join('    - %s\n' % phrase for phrase in found))
        if rules:
            out.write('rules:\n' + ''.join(
                '  - {id: r%d, expr: f%d + f%d >= 0, zh: 不足, en: too few}\n' % (i, i, (i + 1) % fields)
                for i in range(rules)))


def bench_values(options, folder):
    draft = os.path.join(folder, 'values.md')
    make_draft(draft, 1 << 20, 'zh', True)
    commands = {}
    for count in (0, 10, 100, 1000):
        write_profile(os.path.join(folder, 'p%d.yaml' % count), draft, count)
        commands['check %d' % count] = [ORGDRAFT, 'check', '-qq', '-p', './p%d.yaml' % count, 'values.md']
    commands['extract'] = [ORGDRAFT, 'extract', '-q', '-p', './p100.yaml', '-o', 'values.yaml', 'values.md']
    rounds = compare(commands, options, folder)
    print('\nValues in a draft of 1 MB: check by number of phrases, extract with 100, over check without any')
    row('command', 'CPU', 'over 0')
    for name in commands:
        row(name, ms(median(rounds, 0, name)), 'x%.2f' % median(rounds, 0, name, 'check 0'))
    write_profile(os.path.join(folder, 'rules.yaml'), draft, 1000, 100)
    commands = {'empty': [EMPTY], 'bare': [ORGDRAFT, 'profile', 'check', './p0.yaml'],
                'load': [ORGDRAFT, 'profile', 'check', './rules.yaml']}
    rounds = compare(commands, options, folder)
    print('\nLoading a profile of 1,000 phrases and 100 rules: CPU time more than an empty profile')
    row('load', ms(statistics.median(r['load'][0] - r['bare'][0] for r in rounds)))


def bench_extract(options, folder):
    """A thousand finished drafts, each with its own figures."""
    drafts = os.path.join(folder, 'finished')
    os.makedirs(drafts, exist_ok=True)
    make_draft(os.path.join(folder, 'one.md'), 7 << 10, 'zh', True)
    write_profile(os.path.join(folder, 'many.yaml'), os.path.join(folder, 'one.md'), 20)
    with open(os.path.join(folder, 'one.md'), encoding='utf-8') as f:
        text = f.read()
    names = ['finished/%03d.md' % i for i in range(1000)]
    for i, name in enumerate(names):
        with open(os.path.join(folder, name), 'w', encoding='utf-8') as out:
            out.write(re.sub(r'(第\d+项[^，。|\n]*?)7', lambda m, i=i: m.group(1) + str(i), text))
    command = [ORGDRAFT, 'extract', '-q', '-p', './many.yaml', '--tally', '--format', 'csv', '-o', 'rows.csv']
    rounds = compare({'floor': [FLOOR, *names], 'extract': command + names, 'one worker': command + ['-j1'] + names},
                     options, folder)
    print('\nA thousand finished drafts of 7 KB, extracted and tallied, against the floor over all of them')
    row('command', 'CPU', 'over floor', 'wall', 'RSS')
    for name in ('floor', 'extract', 'one worker'):
        row(name, ms(median(rounds, 0, name)), 'x%.2f' % median(rounds, 0, name, 'floor'),
            ms(median(rounds, 1, name)), mb(median(rounds, 2, name)))


PARTS = {'start': bench_start, 'floor': bench_floor, 'each': bench_each, 'pandoc': bench_pandoc,
         'filter': bench_filter, 'lint': bench_lint, 'values': bench_values,
         'extract': bench_extract}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--max', default='100M', choices=list(SIZES))
    parser.add_argument('--runs', type=int, default=15)
    parser.add_argument('--seconds', type=float, default=60)
    parser.add_argument('--rows', type=int, default=10000)
    parser.add_argument('--only', action='append', choices=list(PARTS))
    parser.add_argument('--keep')
    options = parser.parse_args()
    options.sizes = [s for s in SIZES if SIZES[s] <= SIZES[options.max]]
    folder = options.keep or tempfile.mkdtemp(prefix='orgdraft-bench-')
    os.makedirs(folder, exist_ok=True)
    try:
        for name in options.only or PARTS:
            PARTS[name](options, folder)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


if __name__ == '__main__':
    main()
