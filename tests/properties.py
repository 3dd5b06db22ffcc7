#!/usr/bin/env python3
"""Properties of generated drafts, of the samples, and of reports beside the project.

usage: properties.py [--seed N] [--count N] [--keep]

The drafts are put together here, so it is known where their blanks are; what orgdraft says is compared
with that, never with its own answers. It closes with a line `N passed, N failed`.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORGDRAFT = os.environ.get('ORGDRAFT') or os.path.join(ROOT, os.environ.get('BUILD', 'build'), 'orgdraft')
FREE = 'orgdraft-profile: 1\nid: free\n'


class Suite:
    def __init__(self, folder):
        self.folder, self.passed, self.failed = folder, 0, 0

    def expect(self, good, what, detail=''):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print('FAILED: %s%s' % (what, '\n    ' + str(detail).replace('\n', '\n    ') if detail else ''))
        return good

    def write(self, name, content):
        data = content.encode() if isinstance(content, str) else content
        with open(os.path.join(self.folder, name), 'wb') as out:
            out.write(data)

    def run(self, *args, stdin=b''):
        env = {'LC_ALL': 'C', 'NO_COLOR': '1', 'PATH': os.environ.get('PATH', '')}
        for name in ('ASAN_OPTIONS', 'UBSAN_OPTIONS'):
            if name in os.environ:
                env[name] = os.environ[name]
        done = subprocess.run([ORGDRAFT, *args], cwd=self.folder, env=env, input=stdin, timeout=120,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        return done.returncode, done.stdout, done.stderr.decode('utf-8', 'replace')


def position(data, offset):
    """Line and column, from 1, in code points; a byte order mark is no column."""
    before = data[:offset].decode('utf-8')
    if before.startswith('\ufeff'):
        before = before[1:]
    lines = re.split('\r\n|\r|\n', before)
    return len(lines), len(lines[-1]) + 1


def in_range(data, span):
    """Whether a JSON range is what its offsets say."""
    return all((place['line'], place['column']) == position(data, place['offset'])
               for place in (span['start'], span['end']))


def findings_in(text):
    """The findings that are more than a note."""
    return [line for line in re.findall(r'^.*\[[a-z0-9-]+\]$', text, re.M) if ': info: ' not in line]


def replace_blanks(data, places, values):
    """The judge of fill: puts values[i] (None leaves it) at the byte range places[i]."""
    out, done = b'', 0
    for (start, end), value in zip(places, values):
        out += data[done:start] + (data[start:end] if value is None else value.encode())
        done = end
    return out + data[done:]


# ---- generated drafts ------------------------------------------------------------------------------

# Clauses with blanks, `@` for each. What stands around them makes them blanks in any structure.
CLAUSES = ['共收到意见建议@条', '到场@人次', '借出图书@册', '于2025年@月@日开馆', '由馆长@主持', '经@街道同意', '查出不足@类@项',
           '**@**份问卷', '*@*场活动', '[第@号公告](https://example.org/a)', '其中&amp;另有@名', '按\\*计划\\*办@件', '评出“读书之星”@名',
           'answered by @ readers', 'it cost @ euros', '姓名：{{名字}}', '用去经费@元']
PLAIN = ['图书馆把旧书登记造册', '志愿者轮流值班', '命令`XX册`不算', '见[甲](https://example.org/XX)', '票价100~150元', '写着&lt;甲&gt;',
         '买了XXL号三件', '场地3×5米', '<!-- XX册 -->很好', 'the lamp was *replaced*', '📚新书𠀀到了']
SIGNS = ['XX', 'XX', 'XX', 'XXX', '××', 'ＸＸ', '✕✕']
HEADINGS = ['一、会前准备', '二、会议召开', '三、会议成果', '（一）学习', '附记', 'Notes']


class Draft:
    """Pieces put together, with the byte ranges of the blanks among them."""

    def __init__(self, rng, plain_text):
        self.rng, self.plain_text = rng, plain_text
        self.out, self.places = bytearray(), []

    def text(self, text):
        self.out += text.encode()

    def blank(self, text):
        self.places.append((len(self.out), len(self.out) + len(text.encode())))
        self.out += text.encode()

    def clause(self, clause):
        sign = self.rng.choice(SIGNS)
        for piece in re.split(r'(@|\{\{.*?\}\})', clause):
            if piece == '@':
                self.blank(sign)
            elif piece.startswith('{{'):
                self.blank(piece)
            else:
                self.text(piece)

    def sentence(self, number, cell=False):
        parts = self.rng.sample(PLAIN, self.rng.randint(0, 2)) + self.rng.sample(CLAUSES, self.rng.randint(0, 2))
        self.rng.shuffle(parts)
        usable = [p for p in parts if not (self.plain_text and re.search(r'[*\[\\&`<]', p)) and not (cell and '|' in p)]
        self.text('第%d句' % number)
        for part in usable:
            self.text('，')
            self.clause(part)
        self.text('。')


def generate(rng):
    plain_text = rng.random() < 0.3
    draft = Draft(rng, plain_text)
    end = rng.choice(['\n', '\n', '\n', '\r\n'])
    if rng.random() < 0.2:
        draft.text('\ufeff')
    if rng.random() < 0.4:
        draft.text(end.join(['---', 'title: XX册', 'status: draft', '---', '']))
    number = 0
    for _ in range(rng.randint(1, 8)):
        kind = rng.choice(['paragraph', 'paragraph', 'heading', 'list', 'quote', 'table', 'code', 'note'])
        if plain_text:
            kind = 'paragraph'
        if kind == 'heading':
            draft.text('## %s' % rng.choice(HEADINGS))
        elif kind == 'code':
            draft.text('```' + end + 'XX册' + end + '```')
        elif kind == 'table':
            draft.text('| 甲 | 乙 |' + end + '|---|---|')
            for _ in range(rng.randint(1, 3)):
                draft.text(end + '| ')
                number += 1
                draft.sentence(number, cell=True)
                draft.text(' | 丙 |')
        else:
            lead = {'list': '- ', 'quote': '> ', 'note': '', 'paragraph': ''}[kind]
            for i in range(rng.randint(1, 3)):
                number += 1
                if i:
                    draft.text(end)
                draft.text(lead)
                draft.sentence(number)
            if kind == 'note':
                draft.text('[^%d]%s%s[^%d]: ' % (number, end, end, number))
                draft.sentence(number + 100)
        draft.text(end + (end if not plain_text or rng.random() < 0.3 else ''))
    if rng.random() < 0.3:
        draft.out = draft.out.rstrip()
    return bytes(draft.out), draft.places, 'txt' if plain_text else 'md'


VALUES = {'integer': '7', 'decimal': '2.5', 'percent': '12.5', 'money': '80', 'year': '2024', 'month': '7', 'day': '9',
          'person': '沈静文', 'org': '东湖', 'text': '清河', 'date': '2025年7月9日', 'time': '9:30', 'duration': '3'}


def value_of(field):
    # Where a name is asked, any text will do; the same name must be given the same value everywhere.
    return VALUES.get(field['type'], '清河')


def check_listing(suite, label, name, data, places, profile):
    """fields and check agree with what was generated."""
    args = ['-p', profile] if profile else []
    code, out, err = suite.run('fields', '--format', 'json', *args, name)
    if not suite.expect(code == 0, label + ': fields runs', err):
        return None
    fields = json.loads(out)['fields']
    found = [(f['range']['start']['offset'], f['range']['end']['offset']) for f in fields]
    suite.expect(found == places, label + ': the blanks listed are those generated',
                 [data[a:b].decode() for a, b in set(found) ^ set(places)] or (found, places))
    suite.expect(all(data[f['range']['start']['offset']:f['range']['end']['offset']].decode() == f['text']
                     for f in fields), label + ': the bytes of each range are its text')
    suite.expect(all(in_range(data, f['range']) for f in fields), label + ': lines and columns of fields')
    suite.expect([f['index'] for f in fields] == list(range(1, len(fields) + 1)), label + ': fields are numbered')
    code, out, err = suite.run('check', '--format', 'json', *args, name)
    again = suite.run('check', '--format', 'json', *args, '-j', '1', name)
    suite.expect((code, out) == again[:2], label + ': check is the same on every run')
    report = json.loads(out)
    diagnostics = report['diagnostics']
    left = [d for d in diagnostics if d['rule'] == 'placeholder-unfilled']
    suite.expect([(d['range']['start']['offset'], d['range']['end']['offset']) for d in left] == places,
                 label + ': check finds the blanks generated')
    suite.expect(all(in_range(data, d['range']) for d in diagnostics if d['range']), label + ': lines and columns of check')
    keys = [(d['range']['start']['offset'], d['range']['end']['offset'], d['rule']) for d in diagnostics if d['range']]
    suite.expect(keys == sorted(keys), label + ': findings are sorted')
    counts = {s: sum(d['severity'] == s for d in diagnostics) for s in ('error', 'warning', 'info')}
    suite.expect(report['summary'] == {'files': 1, 'errors': counts['error'], 'warnings': counts['warning'],
                                       'infos': counts['info'], 'unchecked': 0}, label + ': the summary adds up', report['summary'])
    suite.expect(code == (1 if counts['error'] + counts['warning'] else 0), label + ': exit code of check')
    return fields


def fill_all(suite, label, name, data, places, fields, profile):
    """Skeletons, and fill with all values: the result is what the judge makes of the draft."""
    args = ['-p', profile] if profile else []
    left = 1 if places else 0
    suite.write('empty.yaml', '{}\n')
    code, out, err = suite.run('fill', *args, name, '-d', 'empty.yaml')
    suite.expect(out == data and code == left, label + ': no data keeps every byte', err)
    code, skeleton, err = suite.run('fields', '--skeleton', *args, name)
    suite.write('skeleton.yaml', skeleton)
    code, out, err = suite.run('fill', *args, name, '-d', 'skeleton.yaml')
    suite.expect(out == data and code == left and '[data-' not in err and '[value-' not in err,
                 label + ': the skeleton is taken as it is', err + skeleton.decode())
    values = [value_of(f) for f in fields]
    filled_skeleton = fill_skeleton(skeleton.decode(), values_by_key(fields))
    suite.write('values.yaml', filled_skeleton)
    code, out, err = suite.run('fill', *args, name, '-d', 'values.yaml')
    expected = replace_blanks(data, places, values)
    suite.expect(out == expected, label + ': filled as the judge fills', err + difference(expected, out))
    suite.expect(code == 0, label + ': nothing is left', err + filled_skeleton)
    suffix = name.rsplit('.', 1)[1]
    suite.write('filled.' + suffix, out)
    code, again, err = suite.run('fill', *args, 'filled.' + suffix, '-d', 'values.yaml')
    suite.expect(again == out and code == 0 and not findings_in(err), label + ': filling twice equals filling once', err)
    suite.write('again.' + suffix, data)
    code, out, err = suite.run('fill', *args, 'again.' + suffix, '-d', 'values.yaml', '-i')
    with open(os.path.join(suite.folder, 'again.' + suffix), 'rb') as f:
        suite.expect(f.read() == expected and not out, label + ': in place', err)


def difference(expected, found):
    at = next((i for i, (a, b) in enumerate(zip(expected, found)) if a != b), min(len(expected), len(found)))
    return 'at byte %d: expected %r, found %r' % (at, expected[at - 20:at + 40].decode('utf-8', 'replace'),
                                                  found[at - 20:at + 40].decode('utf-8', 'replace'))


def values_by_key(fields):
    """The values under each key, in the order of its blanks. A phrase may hold a `{{name}}` too, which has
    a key of its own: None leaves it to that."""
    by_key, last = {}, {}
    for field in fields:
        key = field['key']
        values = by_key.setdefault(key, [])
        if field['text'].startswith('{{'):
            by_key[key] = [value_of(field)]
            continue
        before = last.get(key, 0) if field['token'] > last.get(key, 0) else 0
        values += [None] * (field['token'] - before - 1)
        values.append(value_of(field))
        last[key] = field['token']
    return by_key


def fill_skeleton(skeleton, by_key):
    """Writes a value for each null of a skeleton, as a person does with an editor. The nulls of one key
    are its blanks in order; the key is what stands before the colon."""
    lines, counts, key = [], {}, None
    for line in skeleton.splitlines():
        match = re.match(r'( *)(.*): *(null|~|\[ *(?:null|~)(?: *, *(?:null|~))* *\]|\{ *all: *(?:null|~) *\})? *(#.*)?$', line)
        item = re.match(r'( *- )(null|~)( *#.*)?$', line)
        if item and key is not None:
            value = (by_key.get(key) or ['no value for ' + key])[counts.get(key, 0)]
            counts[key] = counts.get(key, 0) + 1
            lines.append(item.group(1) + ('null' if value is None else '"%s"' % value))
            continue
        if not match or line.lstrip().startswith('#'):
            lines.append(line)
            continue
        key = match.group(2)
        if key[:1] == '"':
            key = json.loads(key)
        elif key[:1] == "'":
            key = key[1:-1].replace("''", "'")
        if not match.group(3):
            lines.append(line)
            continue
        values = by_key.get(key) or ['no value for ' + key]
        start = counts.get(key, 0)
        text = match.group(3)
        pieces = re.split(r'(null|~)', text)
        for i in range(1, len(pieces), 2):
            value = values[min(start, len(values) - 1)]
            start += 1
            pieces[i] = pieces[i] if value is None else '"%s"' % value
        text = ''.join(pieces)
        counts[key] = start
        lines.append('%s%s: %s' % (match.group(1), match.group(2), text))
    return '\n'.join(lines) + '\n'


def partial_fill(suite, rng, label, name, data, places, fields, profile):
    """A part of the values: their blanks are filled, the others stay, --partial makes it exit 0."""
    args = ['-p', profile] if profile else []
    chosen = {f['key'] for f in fields if f['key'] and rng.random() < 0.5}
    content, values = {}, [None] * len(fields)
    for key, own in values_by_key(fields).items():
        if key in chosen:
            content[key] = own[0] if len(own) == 1 else own
    for i, field in enumerate(fields):
        if field['key'] in chosen:
            values[i] = value_of(field)
    suite.write('part.json', json.dumps(content, ensure_ascii=False))
    code, out, err = suite.run('fill', *args, name, '-d', 'part.json', '--partial')
    expected = replace_blanks(data, places, values)
    suite.expect(out == expected and code == 0, label + ': a part of the values fills a part of the blanks',
                 err + difference(expected, out) + '\n' + json.dumps(content, ensure_ascii=False))


def test_generated(suite, seed, count):
    suite.write('free.yaml', FREE)
    for i in range(count):
        rng = random.Random(seed * 1000 + i)
        data, places, suffix = generate(rng)
        name = 'draft.' + suffix
        suite.write(name, data)
        label = 'draft %d of seed %d' % (i, seed)
        before = suite.failed
        fields = check_listing(suite, label, name, data, places, './free.yaml')
        if fields is not None and len(fields) == len(places):
            fill_all(suite, label, name, data, places, fields, './free.yaml')
            partial_fill(suite, rng, label, name, data, places, fields, './free.yaml')
        if suite.failed > before:
            kept = os.path.join(tempfile.gettempdir(), 'orgdraft-property-%d-%d.%s' % (seed, i, suffix))
            shutil.copy(os.path.join(suite.folder, name), kept)
            print('    the draft is kept as', kept)


# ---- whole reports ---------------------------------------------------------------------------------

def blanks_of(data, sign='XX'):
    return [m.span() for m in re.finditer(re.escape(sign).encode(), data)]


def to_markdown(text):
    """A plain-text report as Markdown: `##` before 一、, `###` before （一） with its run-in sentence, blank
    lines between paragraphs."""
    out = []
    for line in text.split('\n'):
        if re.match('[一二三四五六七八九十]+、', line):
            line = '## ' + line
        out.append(line)
    return '\n\n'.join(line for line in out if line.strip()) + '\n'


def marked(text):
    """Blanks in turn bold, italic and in link text, where Markdown allows such marks between letters."""
    count = [0]

    def mark(_):
        count[0] += 1
        return ('XX', '**XX**', '*XX*', '[XX](https://example.org/XX "XX")')[count[0] % 4]
    return re.sub('XX', mark, text)


def with_decoys(text):
    return text + '\n命令`XX册`，见<https://example.org/XX>。<!-- XX册 -->\n\n```\nXX册\n```\n\n[甲]: https://example.org/XX "XX册"\n'


def report_variants(text):
    markdown = to_markdown(text)
    link_free = [m.start() for m in re.finditer('XX', markdown)]
    assert link_free
    return [
        ('as it is', 'txt', text, 'XX'),
        ('as Markdown without blank lines', 'md', text, 'XX'),
        ('as Markdown', 'md', markdown, 'XX'),
        ('CRLF with BOM', 'txt', '\ufeff' + text.replace('\n', '\r\n'), 'XX'),
        ('Markdown, CRLF with BOM', 'md', '\ufeff' + markdown.replace('\n', '\r\n'), 'XX'),
        ('with ××', 'txt', text.replace('XX', '××'), '××'),
        ('with ＸＸ', 'md', markdown.replace('XX', 'ＸＸ'), 'ＸＸ'),
        ('with marked blanks', 'md', marked(markdown), 'marked'),
        ('with decoys', 'md', with_decoys(markdown), 'decoys'),
    ]


def variant_places(data, sign, count):
    if sign == 'marked':
        return [m.span(1) for m in re.finditer(rb'(?<![/"])(XX)(?!")', data)]
    return blanks_of(data, 'XX' if sign == 'decoys' else sign)[:count]


def check_report(suite, label, name, data, places, args=()):
    code, out, err = suite.run('check', '--format', 'json', *args, name)
    if not suite.expect(code == 1, label + ': check exits 1', err):
        return
    diagnostics = json.loads(out)['diagnostics']
    left = [(d['range']['start']['offset'], d['range']['end']['offset']) for d in diagnostics
            if d['rule'] == 'placeholder-unfilled']
    suite.expect(left == places, label + ': each blank is found, at its place', (len(left), len(places)))
    others = [d for d in diagnostics if d['rule'].startswith('section-')]
    suite.expect(not others, label + ': no finding about sections', [d['message'] for d in others])
    code, out, err = suite.run('fields', '--format', 'json', *args, name)
    fields = json.loads(out)['fields']
    suite.expect([(f['range']['start']['offset'], f['range']['end']['offset']) for f in fields] == places,
                 label + ': fields lists each blank')
    suite.expect(len({(f['key'], f['token']) for f in fields}) == len(places), label + ': keys are unique')
    suite.expect(all(in_range(data, f['range']) for f in fields), label + ': their places')


def test_report(suite, label, text, keys, values):
    """`keys` is the text of a YAML data file, `values` what it puts into the blanks, in order."""
    suite.write('data.yaml', keys)
    for title, suffix, content, sign in report_variants(text):
        data = content.encode()
        name = 'report.' + suffix
        suite.write(name, data)
        places = variant_places(data, sign, len(values))
        what = '%s, %s' % (label, title)
        suite.expect(len(places) == len(values), what + ': the variant has all blanks', len(places))
        check_report(suite, what, name, data, places)
        code, out, err = suite.run('fill', name, '-d', 'data.yaml')
        expected = replace_blanks(data, places, values)
        suite.expect(out == expected and code == 0, what + ': filled byte for byte', err + difference(expected, out))
        suite.write('filled.' + suffix, out)
        code, again, err = suite.run('fill', 'filled.' + suffix, '-d', 'data.yaml')
        suite.expect(again == out and code == 0 and not findings_in(err), what + ': twice is once', err)


def section_lines(text):
    """The lines of a report in four parts: before 一、, then one for each section."""
    parts = [[]]
    for line in text.rstrip('\n').split('\n'):
        if re.match('[一二三]、', line):
            parts.append([])
        parts[-1].append(line)
    return parts


def section_findings(suite, name):
    _, out, _ = suite.run('check', '--format', 'json', name)
    return [d for d in json.loads(out)['diagnostics'] if d['rule'].startswith('section-')]


def test_sections(suite, label, text):
    parts = section_lines(text)
    suite.expect(len(parts) == 4, label + ': three sections')
    for suffix, convert in (('txt', lambda t: t), ('md', to_markdown)):
        for missing in (1, 2, 3):
            cut = [line for i, part in enumerate(parts) if i != missing for line in part]
            suite.write('cut.' + suffix, convert('\n'.join(cut) + '\n'))
            found = section_findings(suite, 'cut.' + suffix)
            suite.expect([d['rule'] for d in found] == ['section-missing'],
                         '%s (%s): section %d cut gives one finding' % (label, suffix, missing),
                         [(d['rule'], d['message']) for d in found])
        for a, b in ((2, 3), (1, 2)):
            order = [0, 1, 2, 3]
            order[a], order[b] = order[b], order[a]
            suite.write('swap.' + suffix, convert('\n'.join(line for i in order for line in parts[i]) + '\n'))
            found = section_findings(suite, 'swap.' + suffix)
            suite.expect({d['rule'] for d in found} == {'section-order'} and len(found) == 1,
                         '%s (%s): sections %d and %d swapped' % (label, suffix, a, b),
                         [(d['rule'], d['message']) for d in found])


def read_sample(name):
    with open(os.path.join(ROOT, 'samples', name), encoding='utf-8', newline='') as f:
        return f.read()


def test_sample(suite):
    text, keys, filled = (read_sample('reading-meeting' + s) for s in ('.txt', '.data.yaml', '.filled.txt'))
    # The values are read back from the filled text, which a person wrote.
    pattern = '(.*?)'.join(re.escape(piece) for piece in text.split('XX'))
    match = re.fullmatch(pattern, filled, re.S)
    suite.expect(match, 'sample: the filled text is the draft with other blanks')
    values = list(match.groups())
    suite.expect(len(values) == 30, 'sample: 30 blanks')
    test_report(suite, 'sample', text, keys, values)
    test_sections(suite, 'sample', text)


def reference_keys(path):
    """The phrase keys of the table in `domain.md`, and a value for each blank."""
    rows = []
    with open(path, encoding='utf-8') as f:
        for line in f:
            match = re.match(r'\| (\d+) \| \w+ \| (?:`([^`]*)`|same key).*?\| .*? \| (\w+)', line)
            if match:
                rows.append(match.groups())
    keys, values = [], []
    for number, key, kind in rows:
        value = {'integer': str(10 + int(number)), 'day': '18', 'month': '2', 'person': '沈静文'}.get(kind, '清河')
        if kind == 'integer' and 'XX参加' in (key or ''):
            value = '30人'
        values.append(value)
        if key:
            keys.append((key, [value]))
        else:
            keys[-1][1].append(value)
    return keys, values


def test_reference(suite):
    shared = os.path.join(ROOT, '..', 'shared')
    report, table = os.path.join(shared, 'reference', 'report.txt'), os.path.join(shared, 'domain.md')
    if not os.path.exists(report) or not os.path.exists(table):
        print('no report beside the project: left out')
        return
    with open(report, encoding='utf-8', newline='') as f:
        text = f.read()
    keys, values = reference_keys(table)
    suite.expect(len(keys) == 25 and len(values) == 29, 'reference: 25 keys, 29 values', (len(keys), len(values)))
    data = ''.join('%s: %s\n' % (json.dumps(k, ensure_ascii=False), json.dumps(v if len(v) > 1 else v[0], ensure_ascii=False))
                   for k, v in keys)
    test_report(suite, 'reference', text, data, values)
    test_sections(suite, 'reference', text)
    test_mistakes(suite, 'reference', text, keys)


def test_mistakes(suite, label, text, keys):
    """A misspelt key names the nearest phrase; a key that fits several places is refused with them."""
    suite.write('report.txt', text)
    short = min((k for k, v in keys if len(v) == 1 and k.endswith('条')), key=len)
    wrong = short[:1] + '错' + short[2:]
    suite.write('data.yaml', '%s: 3\n' % wrong)
    code, out, err = suite.run('fill', 'report.txt', '-d', 'data.yaml')
    suite.expect(code == 1 and not out and 'data-unmatched' in err and short in err,
                 label + ': a misspelt key names the nearest phrase', err[-300:])
    suite.write('data.yaml', 'XX条: 3\n')
    code, out, err = suite.run('fill', 'report.txt', '-d', 'data.yaml')
    lines = [i + 1 for i, line in enumerate(text.split('\n')) for _ in re.findall('XX条', line)]
    suite.expect(code == 1 and not out and 'data-ambiguous' in err and ', '.join(map(str, lines)) in err,
                 label + ': XX条 is refused with its places', err[-300:])


def run_suite(name, keep, *tests):
    """Runs tests in a folder of their own, and ends the program with their closing line."""
    folder = tempfile.mkdtemp(prefix='orgdraft-%s-' % name)
    suite = Suite(folder)
    try:
        for test in tests:
            test(suite)
    finally:
        if not keep:
            shutil.rmtree(folder)
    print('%d passed, %d failed' % (suite.passed, suite.failed))
    sys.exit(1 if suite.failed or not suite.passed else 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=60)
    parser.add_argument('--keep', action='store_true')
    options = parser.parse_args()
    run_suite('properties', options.keep, lambda suite: test_generated(suite, options.seed, options.count),
              test_sample, test_reference)


if __name__ == '__main__':
    main()
