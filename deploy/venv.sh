#!/bin/sh
# Puts the locked packages of a requirements file and the project itself into .venv, and then the stamps that
# tell make so:   deploy/venv.sh REQUIREMENTS STAMP...
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
requirements=$1
shift

stop() {
    echo "xingping: $1" >&2
    exit 1
}

is_supported() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))'
}

pip() {
    .venv/bin/python -m pip --quiet --quiet --disable-pip-version-check --no-input "$@"
}

make_venv() {
    command -v "$python" >/dev/null ||
        stop "$python was not found; install Python 3.11 to 3.14, or name it: make PYTHON=/path/to/python3"
    is_supported "$python" ||
        stop "Python 3.11 to 3.14 is needed and $python is $("$python" -V 2>&1); name another: make PYTHON=python3.12"
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        stop "$python comes without its venv module; on Debian and Ubuntu: apt install python3-venv"
    "$python" -m venv --clear .venv
}

echo "Installing into .venv (the first time takes about a minute) ..." >&2
{ is_supported .venv/bin/python && pip --version; } >/dev/null 2>&1 || make_venv
pip install --require-hashes --requirement "$requirements"
pip install --no-deps --no-build-isolation --editable .

interpreter=$(basename "$(realpath .venv/bin/python)")
for stamp in "$@"; do
    touch ".venv/$stamp-$interpreter"
done
