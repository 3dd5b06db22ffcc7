#!/bin/sh
# Shows the main job on a sample: what is missing, the data file, the filled report. Works in a folder
# of its own and leaves nothing behind.
set -eu
orgdraft=$PWD/${BUILD:-build}/orgdraft
samples=$PWD/samples
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cp "$samples/reading-meeting.txt" report.txt
cp "$samples/reading-meeting.data.yaml" data.yaml

show() {
    echo
    echo "\$ $*"
    shift
    status=0
    "$orgdraft" "$@" || status=$?
    echo "(exit $status)"
}

echo 'A report with blanks and a list of facts: samples/reading-meeting.txt and its .data.yaml'
show orgdraft check report.txt
show orgdraft fields --skeleton report.txt
echo
echo '(the facts are written beside the keys: data.yaml)'
show orgdraft fill report.txt -d data.yaml -o filled.txt
show orgdraft check filled.txt
echo
echo 'What was changed, and nothing else:'
diff report.txt filled.txt | sed -n 's/^> /  /p' | cut -c 1-60 | head -n 4
