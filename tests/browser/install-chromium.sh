#!/usr/bin/env bash
# Install Debian's Chromium for the browser tests where that is possible without asking anybody.
set -u
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests ..."
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "No Chromium was found and none could be installed: the browser tests will be skipped." >&2
echo "Install it (Debian: apt install chromium) or name it with CHROMIUM=/path/to/chromium." >&2
exit 0
