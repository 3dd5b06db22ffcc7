#!/usr/bin/env python3
"""What is filled in is read back: `fill`, then `extract`, gives the same values.

usage: extract.py [--seed N] [--count N] [--only WORD] [--keep]

For every built-in profile with fields, and for generated profiles of every type, format and notation, in
plain text and Markdown. The values are made here together with their plain form, which is compared with
what comes out. It closes with a line `N passed, N failed`.
"""
import argparse
import csv
import io
import json
import os
import random
import re
import shutil
import sys
import tempfile

from properties import Suite, position

HAN = '东西南北中山水林田河湖海云风松柏桥街城镇村江岸泉石金秋春阳光'
SURNAMES = '赵钱孙李周吴郑王冯陈沈韩杨朱秦许何吕张'
DIGITS = '〇一二三四五六七八九'
CAPITALS = '零壹贰叁肆伍陆柒捌玖'


# ---- numbers in words, written here without orgdraft -------------------------------------------------

def in_words(number, digits=DIGITS, ten='十', hundred='百', thousand='千', zero='零'):
    """A whole number below 10^8 in Chinese."""
    if number == 0:
        return zero
    if number >= 10000:
        head, tail = divmod(number, 10000)
        gap = zero if tail and tail < 1000 else ''
        return in_words(head, digits, ten, hundred, thousand, zero) + '万' + gap + (
            in_words(tail, digits, ten, hundred, thousand, zero) if tail else '')
    out, gap = '', False
    for unit, name in ((1000, thousand), (100, hundred), (10, ten), (1, '')):
        digit, number = divmod(number, unit)
        if digit:
            out += (zero if gap and out else '') + digits[digit] + name
            gap = False
        else:
            gap = True
    if ten == '十' and out.startswith('一十'):
        out = out[1:]
    return out


def full_width(text):
    return ''.join(chr(ord(c) + 0xFEE0) if c in '0123456789' else c for c in text)


# ---- values: as the data has them, and in plain form ---------------------------------------------------

def some_integer(rng):
    number = rng.choice([rng.randint(0, 30), rng.randint(31, 999), rng.randint(1000, 99999999)])
    forms = [str(number), full_width(str(number)), '{:,}'.format(number), in_words(number)]
    if number and number % 10000 == 0:
        forms.append('%d万' % (number // 10000))
    return rng.choice(forms), number


def some_decimal(rng):
    scale = rng.randint(0, 4)
    number = rng.randint(0, 10 ** rng.randint(2, 9))
    text = '%0*d' % (scale + 1, number)
    plain = text[:-scale] + '.' + text[-scale:] if scale else text
    return rng.choice([plain, full_width(plain)]), json.loads(plain)


def some_percent(rng):
    text, number = some_decimal(rng)
    return text + rng.choice(['', '%', '％']), number


def some_money(rng):
    cents = rng.choice([rng.randint(0, 999), rng.randint(1000, 10 ** 9)])
    plain = '%d.%02d' % divmod(cents, 100) if cents % 100 else str(cents // 100)
    grouped = '{:,}'.format(int(plain.split('.')[0])) + ('.' + plain.split('.')[1] if '.' in plain else '')
    return rng.choice([plain, '¥' + plain, plain + '元', grouped]), json.loads(plain)


def some_year(rng):
    year = rng.randint(1900, 2099)
    return rng.choice([str(year), '%d年' % year, ''.join(DIGITS[int(d)] for d in str(year))]), year


def some_date(rng):
    year, month, day = rng.randint(1990, 2060), rng.randint(1, 12), rng.randint(1, 28)
    words = '%s年%s月%s日' % (''.join(DIGITS[int(d)] for d in str(year)), in_words(month), in_words(day))
    forms = ['%d-%02d-%02d' % (year, month, day), '%d/%d/%d' % (year, month, day),
             '%d年%d月%d日' % (year, month, day), words]
    return rng.choice(forms), '%d-%02d-%02d' % (year, month, day)


def some_time(rng):
    hour, minute = rng.randint(0, 23), rng.choice([0, 5, 30, 59])
    forms = ['%d:%02d' % (hour, minute), '%d时%d分' % (hour, minute) if minute else '%d时' % hour]
    if 1 <= hour <= 11:
        forms.append('上午%d时%s' % (hour, '%d分' % minute if minute else ''))
    return rng.choice(forms), '%d:%02d' % (hour, minute)


def some_duration(rng):
    hours, minutes = rng.randint(0, 30), rng.randint(0, 59)
    if not hours and not minutes:
        hours = 1
    han = ('%d小时' % hours if hours else '') + ('%d分' % minutes if minutes else '')
    latin = ' '.join(part for part in ('%dh' % hours if hours else '', '%dm' % minutes if minutes else '') if part)
    if rng.random() < 0.5:
        return rng.choice([han, han.replace('分', '分钟')]), han
    return latin, latin


def some_person(rng):
    kind = rng.random()
    if kind < 0.6:
        name = rng.choice(SURNAMES) + ''.join(rng.choice(HAN) for _ in range(rng.randint(1, 2)))
        return name if len(name) > 2 or kind < 0.5 else name[0] + '　' + name[1], name
    if kind < 0.8:
        name = '阿依古丽·' + ''.join(rng.choice(HAN) for _ in range(2))
        return name, name
    name = rng.choice(['John Smith', 'Ada Lovelace', "Siobhán O'Neill", 'Jean-Luc Martin'])
    return name, name


def some_words(rng):
    return ''.join(rng.choice(HAN) for _ in range(rng.randint(1, 8)))


# What Markdown, YAML, spreadsheets and phrases may stumble over.
ODD = ['*', '_', '`', '[', ']', '<', '>', '|', '#', '\\', '&lt', '&', '~', '$', '=', '+', '-', '@', "'", '/',
       '（', '）', '《', '》', '·', '—', '%', '1', '7', 'A', 'b', '{', '}', '^', '1.', ' ', '{x', '［',
       '，', '；', '：', '、', '“', '”', ',', ';', ':', '"']
SENTENCE_ENDS = '。！？!?'


def some_text(rng):
    if rng.random() < 0.4:
        text = some_words(rng)
        return text, text
    pieces = [rng.choice(ODD) if rng.random() < 0.5 else rng.choice(HAN) for _ in range(rng.randint(1, 7))]
    text = ''.join(pieces).strip()
    # Marks of Markdown in pairs are looked past where phrases are matched, also at the edge of a value.
    return (text, text) if text and '**' not in text and '__' not in text else some_text(rng)


def some_list(rng):
    items = [some_words(rng) for _ in range(rng.randint(1, 5))]
    return rng.choice(['、', ',', '，', '；']).join(items), items


ENUM = ['优秀', '合格', '基本合格', 'not yet', '合格，待定', '好；很好']


def some_enum(rng):
    value = rng.choice(ENUM)
    return value, value


# type: how a value is made, formats, units, words that may stand around it
TYPES = {
    'integer': (some_integer, ['', '#', ',', 'cn', 'cn_digit', 'cn_upper'], ['', '件', '人次', '万元']),
    'decimal': (some_decimal, ['', ',', 'cn', 'cn_upper'], ['', '公里', '元']),
    'percent': (some_percent, ['', 'cn'], ['', '%']),
    'money': (some_money, ['', ','], ['', '元']),
    'amount_cn': (some_money, [''], ['', '元整', '元']),
    'year': (some_year, ['', 'cn', 'cn_digit'], ['', '年', '年度']),
    'date': (some_date, ['', 'YYYY年M月D日', 'YYYY-MM-DD', 'YYYY/M/D', 'YYYY.MM.DD', 'cn'], ['']),
    'parts': (some_date, ['', 'cn'], ['']),
    'time': (some_time, [''], ['']),
    'duration': (some_duration, [''], ['']),
    'person': (some_person, [''], ['']),
    'org': (some_text, [''], ['']),
    'text': (some_text, [''], ['']),
    'enum': (some_enum, [''], ['']),
    'list': (some_list, [''], ['']),
}


# ---- generated profiles --------------------------------------------------------------------------------

class Field:
    """A field, the phrases that bind it and the clauses in which they stand."""

    def __init__(self, rng, name, kind):
        make, formats, units = TYPES[kind]
        self.name, self.kind = name, kind
        self.format, self.unit = rng.choice(formats), rng.choice(units)
        self.given, self.plain = make(rng)
        while kind == 'amount_cn' and self.unit and self.plain != int(self.plain):
            self.given, self.plain = make(rng)  # 元 behind the amount leaves no room for 角 and 分
        self.print_unit = bool(self.unit) and rng.random() < 0.3
        self.phrases, self.clauses = [], []
        for number in range(rng.randint(1, 3)):
            self.bind(rng, number)

    def bind(self, rng, number):
        lead = '其%s之%s' % (in_words(int(self.name[1:]) + 1), in_words(number + 1))
        if self.kind == 'parts':
            self.phrases.append('%s在<%s.year>年<%s.month>月<%s.day>日办' % (lead, self.name, self.name, self.name))
            self.clauses.append('%s在XX年XX月XX日办' % lead)
            return
        unit = '' if self.print_unit else self.unit
        tail = rng.choice(['办', '后交', '完'] + ([''] if self.closes() else []))
        before = rng.choice(['共', '为', '计'])
        self.phrases.append('%s%s<%s>%s' % (lead, before, self.name, unit + tail))
        self.clauses.append('%s%sXX%s' % (lead, before, unit + tail))

    def closes(self):
        """Whether the end of a value can be told when it ends its phrase: texts go up to the next mark, and a comma
        ends a list there."""
        return self.kind not in ('text', 'org', 'person', 'enum') and not (
            self.kind == 'list' and set(self.given) & set(',，'))

    def yaml(self):
        kind = 'date' if self.kind == 'parts' else self.kind
        parts = ['type: ' + kind]
        if self.format:
            parts.append('format: ' + json.dumps(self.format, ensure_ascii=False))
        if self.unit:
            parts.append('unit: ' + json.dumps(self.unit, ensure_ascii=False))
        if self.print_unit:
            parts.append('print_unit: always')
        if kind == 'enum':
            parts.append('enum: ' + json.dumps(ENUM, ensure_ascii=False))
        return '  %s: {%s}\n' % (self.name, ', '.join(parts))


def make_case(rng, kinds):
    fields = [Field(rng, 'f%d' % i, kind) for i, kind in enumerate(kinds)]
    profile = 'orgdraft-profile: 1\nid: made\nplaceholders: {styles: [XX]}\nfields:\n'
    profile += ''.join(field.yaml() for field in fields)
    profile += 'bindings:\n  "*":\n' + ''.join('    - %s\n' % json.dumps(p, ensure_ascii=False)
                                              for field in fields for p in field.phrases)
    clauses = [clause for field in fields for clause in field.clauses]
    rng.shuffle(clauses)
    lines = []
    while clauses:
        count = rng.randint(1, 3)
        lines.append('，'.join(clauses[:count]) + '。')
        clauses = clauses[count:]
    data = ''.join('%s: %s\n' % (field.name, json.dumps(field.given, ensure_ascii=False)) for field in fields)
    return fields, profile, lines, data


def read_back(suite, label, name, profile, want, source):
    """Extracts `name` and compares; returns the document of the JSON, or None."""
    code, out, err = suite.run('extract', '-p', profile, '--format', 'json', name)
    shown = '%s\n%s\n%s' % (err[-400:], source, json.dumps(want, ensure_ascii=False))
    if not suite.expect(code == 0, label + ': extract succeeds', shown):
        return None
    found = json.loads(out)['documents'][0]
    wrong = {key: (value, found['values'].get(key)) for key, value in want.items() if found['values'].get(key) != value}
    suite.expect(not wrong, label + ': the values are those that were filled in', '%s\n%s' % (wrong, source))
    return found


def check_places(suite, label, data, found):
    ok = all((place['line'], place['column']) == position(data, place['offset'])
             for ranges in found['places'].values() for span in ranges for place in (span['start'], span['end']))
    suite.expect(ok, label + ': places are where their offsets say')


def check_formats(suite, label, name, profile, want):
    """Other formats say the same, and fill takes them."""
    code, out, _ = suite.run('extract', '-p', profile, '--format', 'yaml', name)
    suite.write('back.yaml', out)
    code, again, err = suite.run('fill', 'template' + name[6:], '-p', profile, '-d', 'back.yaml')
    with open(os.path.join(suite.folder, name), 'rb') as f:
        filled = f.read()
    # A value that the data wrote in another notation is written in the plain one now.
    suite.write('again' + name[6:], again)
    read_back(suite, label + ', filled from YAML', 'again' + name[6:], profile, want, err[-300:])
    code, out, _ = suite.run('extract', '-p', profile, '--format', 'csv', name)
    rows = list(csv.reader(io.StringIO(out.decode('utf-8'), newline='')))
    suite.expect(len(rows) == 2 and len(rows[0]) == len(rows[1]), label + ': CSV has a row', rows)
    suite.write('rows.csv', out)
    code, _, err = suite.run('fill', 'template' + name[6:], '-p', profile, '--each', 'rows.csv', '--out',
                             'each' + name[6:], '--force')
    if suite.expect(code == 0, label + ': fill --each takes the CSV', err[-400:] + repr(rows)):
        read_back(suite, label + ', filled from CSV', 'each' + name[6:], profile, want, repr(rows))
    return filled


def hostile_text(rng, field):
    """A text that may be hard to read back: it ends sentences, is long, or holds words of its own phrase."""
    words = re.findall('[^<>]+', rng.choice(field.phrases))
    pieces = [rng.choice([rng.choice(SENTENCE_ENDS), rng.choice(words)[-3:], rng.choice(words)[:2], some_words(rng),
                          rng.choice(ODD), some_words(rng) * 9])
              for _ in range(rng.randint(1, 4))]
    text = ''.join(piece for piece in pieces if not piece.startswith(field.name)).strip(' *_')
    usable = text and not re.search(r'\*\*|__|XX|^[=~]', text) and text.strip() == text
    return text if usable else some_words(rng)


def test_lost(suite, seed, count):
    """A text is read back as it is, or fill says that it will not be."""
    lost = 0
    for number in range(count):
        rng = random.Random('%s/lost/%s' % (seed, number))
        fields, profile, lines, _ = make_case(rng, ['text', 'org', 'text', 'integer'])
        values = {f.name: hostile_text(rng, f) if f.kind != 'integer' else f.plain for f in fields}
        suite.write('made.yaml', profile)
        suite.write('data.json', json.dumps(values, ensure_ascii=False))
        suite.write('template.txt', '\n'.join(lines) + '\n')
        code, out, err = suite.run('fill', 'template.txt', '-p', './made.yaml', '-d', 'data.json')
        suite.write('filled.txt', out)
        shown = '%s\n%s\n%s\n%s' % (profile, values, out.decode(), err)
        if not suite.expect(code == 0, 'hostile %d: fill succeeds' % number, shown):
            continue
        said = set(re.findall(r'info: (\w+): .*\[value-lost\]', err))
        code, out, err = suite.run('extract', '-p', './made.yaml', '--format', 'json', 'filled.txt')
        found = json.loads(out)['documents'][0]['values']
        gone = {name for name in values if found.get(name) != values[name]}
        lost += len(gone)
        suite.expect(gone <= said, 'hostile %d: what is lost was told of' % number, '%s\n%s' % (gone - said, shown))
        suite.expect(said <= gone, 'hostile %d: what is told of is lost' % number, '%s\n%s' % (said - gone, shown))
    suite.expect(lost > count // 4, 'hostile texts are lost now and then', lost)


def test_generated(suite, seed, count, only):
    for number in range(count):
        rng = random.Random('%s/%s' % (seed, number))
        kinds = [only] * 3 if only else [rng.choice(list(TYPES)) for _ in range(rng.randint(1, 5))]
        fields, profile, lines, data = make_case(rng, kinds)
        suite.write('made.yaml', profile)
        suite.write('data.yaml', data)
        for suffix, text in (('.txt', '\n'.join(lines) + '\n'), ('.md', '\n\n'.join(lines) + '\n')):
            label = 'case %d%s' % (number, suffix)
            suite.write('template' + suffix, text)
            code, out, err = suite.run('fill', 'template' + suffix, '-p', './made.yaml', '-d', 'data.yaml')
            if not suite.expect(code == 0, label + ': fill succeeds', '%s\n%s\n%s\n%s' % (err[-400:], profile, data, text)):
                continue
            suite.write('filled' + suffix, out)
            want = {field.name: field.plain for field in fields}
            source = '%s\n%s\n%s' % (profile, data, out.decode())
            found = read_back(suite, label, 'filled' + suffix, './made.yaml', want, source)
            if found:
                check_places(suite, label, out, found)
                check_formats(suite, label, 'filled' + suffix, './made.yaml', want)


# ---- built-in profiles ---------------------------------------------------------------------------------

KINDS = {'text': some_words, 'org': some_words, 'person': lambda rng: some_person(rng)[1]}


PATTERNED = {'phone': '010-62345678'}


def is_read_back(field):
    """A {{name}} of a field's own name is gone once it is filled: only phrases can be read back."""
    return field['name'] and field['text'].strip('{} ') != field['name']


def value_for(rng, field, shown):
    """A value for a blank of a built-in draft, in the notation of the data and plainly."""
    kind = field['type']
    if field['name'] in PATTERNED:
        return PATTERNED[field['name']], PATTERNED[field['name']]
    if kind == 'enum':
        choices = re.search(r'%s: *\{.*enum: \[(.*?)\]' % re.escape(field['name']), shown).group(1)
        value = rng.choice(re.split(', *', choices))
        return value, value
    if kind == 'month' and '.' not in field['name']:
        number = rng.randint(1, 12)
        return str(number), number
    if kind in ('year', 'month', 'day'):
        kind = 'date'
    if kind == 'date' and field['name'].endswith('year') and '.' not in field['name']:
        return some_year(rng)
    if kind in KINDS:
        text = KINDS[kind](rng)
        return text, text
    if kind == 'integer':
        number = rng.randint(1, 999)
        return str(number), number
    return TYPES[kind][0](rng)


def test_builtin(suite, seed):
    _, out, _ = suite.run('profile', 'list')
    tested = 0
    for profile in [line.split()[0] for line in out.decode().splitlines() if line.strip()]:
        _, draft, _ = suite.run('new', profile)
        _, shown, _ = suite.run('profile', 'show', profile)
        suite.write('new.md', draft)
        _, listed, _ = suite.run('fields', '-p', profile, '--format', 'json', 'new.md')
        named = {}
        for field in json.loads(listed)['fields']:
            if is_read_back(field):
                named.setdefault(field['name'].split('.')[0], field)
        tested += bool(named)
        # What the draft says already, in its front matter, stays.
        _, said, _ = suite.run('extract', '-p', profile, '--format', 'json', 'new.md')
        said = json.loads(said)['documents'][0]['values']
        for number in range(20 if named else 0):
            rng = random.Random('%s/%s/%s' % (seed, profile, number))
            values = {name: (said[name], said[name]) if name in said else value_for(rng, field, shown.decode())
                      for name, field in named.items()}
            suite.write('data.yaml', json.dumps({name: given for name, (given, _) in values.items()}, ensure_ascii=False))
            label = '%s %d' % (profile, number)
            _, out, err = suite.run('fill', 'new.md', '-p', profile, '-d', 'data.yaml', '--partial')
            if suite.expect(out, label + ': fill succeeds', err[-400:]):
                suite.write('filled.md', out)
                want = {name: plain for name, (_, plain) in values.items()}
                read_back(suite, label, 'filled.md', profile, want, out.decode()[-1500:])
    suite.expect(tested, 'some built-in profile has fields')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--count', type=int, default=60)
    parser.add_argument('--only', choices=list(TYPES))
    parser.add_argument('--keep', action='store_true')
    options = parser.parse_args()
    folder = tempfile.mkdtemp(prefix='orgdraft-extract-')
    suite = Suite(folder)
    try:
        test_generated(suite, options.seed, options.count, options.only)
        if not options.only:
            test_lost(suite, options.seed, options.count)
            test_builtin(suite, options.seed)
    finally:
        if not options.keep:
            shutil.rmtree(folder)
    print('%d passed, %d failed' % (suite.passed, suite.failed))
    sys.exit(1 if suite.failed or not suite.passed else 0)


if __name__ == '__main__':
    main()
