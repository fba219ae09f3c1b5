#!/bin/bash
# Unpacks llama.cpp's server and its libraries, from Debian's suite forky, into a folder (default: node_modules/.cache/llama). About 12 MB.
# It needs apt-get, dpkg and the machine's Debian mirror; apt gets a state of its own, so that the system stays as it is.
set -euo pipefail
out=${1:-node_modules/.cache/llama}
mkdir -p "$out"/{lists/partial,cache/archives/partial,etc,debs,root}
out=$(cd "$out" && pwd)
mirror=$(grep -rhoE '^(URIs:|deb )[^#]*https?://[^ ]+' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null |
  grep -oE 'https?://[^ ]+' | grep -E '/debian/?$' | head -n 1 || true)
[ -n "$mirror" ] || { echo 'no Debian mirror in /etc/apt' >&2; exit 1; }
printf 'Types: deb\nURIs: %s\nSuites: forky\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
  "$mirror" > "$out/etc/forky.sources"
: > "$out/status"
cat > "$out/apt.conf" <<CONF
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$out/etc";
Dir::State::Lists "$out/lists";
Dir::Cache "$out/cache";
Dir::State::status "$out/status";
APT::Install-Recommends "false";
CONF
export APT_CONFIG="$out/apt.conf"
apt-get update -qq
cd "$out/debs"
for package in libgcc-s1 libc6 zlib1g libgomp1 libstdc++6 libggml0 libzstd1 libssl3t64 libllama0 llama.cpp-tools; do
  apt-get download -qq "$package"
done
for file in *.deb; do dpkg -x "$file" "$out/root"; done
echo "$out/root"
