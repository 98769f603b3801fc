#!/bin/sh
# Builds the real control plane for tests, once, into the user's cache folder.
#
#   build.sh [NAME...]     all binaries, or only the named ones
#   build.sh --print-dir   only says where they go
#
# stdout: the folder of the binaries, when all that was asked for is there. stderr: one line a binary.
# Exit codes: 0 there, 1 a build failed, 2 wrong arguments, 3 Go is missing.
set -eu
cd "$(dirname "$0")"

# locate.ts computes the same key, from the same files in the same order.
modules="etcd kubernetes prometheus alertmanager helm"
files=$(for module in $modules; do printf '%s/go.mod %s/go.sum ' "$module" "$module"; done)
# shellcheck disable=SC2086 # the list is words on purpose
key=$(cat $files | { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; } | cut -c1-16)
bin="${XDG_CACHE_HOME:-$HOME/.cache}/stoker/control-plane/$key/bin"

# The version of a required module, without the v: version_of kubernetes k8s.io/kubernetes
version_of() { sed -nE "s#^(require)?[[:space:]]*$2 v([^ ]+).*#\\2#p" "$1/go.mod" | head -n 1; }

# Without these the programs call themselves v0.0.0, and clients that gate on the version go wrong.
kubernetes_flags() {
  version=$(version_of kubernetes k8s.io/kubernetes)
  minor=${version#*.}
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    printf -- '-X %s.gitVersion=v%s -X %s.gitMajor=%s -X %s.gitMinor=%s -X %s.gitTreeState=clean ' \
      "$package" "$version" "$package" "${version%%.*}" "$package" "${minor%%.*}" "$package"
  done
}
# The module v0.315.0 is Prometheus 3.15.0.
prometheus_flags() {
  version=$(version_of prometheus github.com/prometheus/prometheus)
  digits=$(echo "$version" | sed -E 's/^0\.([0-9])0?([0-9]+)\.(.*)$/\1.\2.\3/')
  printf -- '-X github.com/prometheus/common/version.Version=%s' "$digits"
}
alertmanager_flags() {
  printf -- '-X github.com/prometheus/common/version.Version=%s' "$(version_of alertmanager github.com/prometheus/alertmanager)"
}

# Without it helm calls itself by major and minor version alone.
helm_flags() {
  printf -- '-X helm.sh/helm/v4/internal/version.version=v%s' "$(version_of helm helm.sh/helm/v4)"
}

# build NAME MODULE PACKAGE LDFLAGS: into a temporary name first, so that what is there is whole.
build() {
  start=$(date +%s)
  if ! (cd "$2" && CGO_ENABLED=0 nice -n 10 go build -p 2 -mod=readonly -trimpath -buildvcs=false \
    -ldflags "-s -w $4" -o "$bin/.$1.$$" "$3"); then
    rm -f "$bin/.$1.$$"
    echo "control-plane: building $1 failed" >&2
    exit 1
  fi
  mv -f "$bin/.$1.$$" "$bin/$1"
  echo "control-plane: $1 built in $(($(date +%s) - start)) s" >&2
}

one() {
  [ ! -x "$bin/$1" ] || return 0
  case $1 in
  etcd) build "$1" etcd go.etcd.io/etcd/server/v3 "" ;;
  kube-apiserver | kube-controller-manager | kubectl) build "$1" kubernetes "k8s.io/kubernetes/cmd/$1" "$(kubernetes_flags)" ;;
  prometheus | promtool) build "$1" prometheus "github.com/prometheus/prometheus/cmd/$1" "$(prometheus_flags)" ;;
  amtool) build "$1" alertmanager "github.com/prometheus/alertmanager/cmd/$1" "$(alertmanager_flags)" ;;
  helm) build "$1" helm helm.sh/helm/v4/cmd/helm "$(helm_flags)" ;;
  *)
    echo "control-plane: there is no binary $1 to build" >&2
    exit 2
    ;;
  esac
}

if [ "${1:-}" = --print-dir ]; then
  echo "$bin"
  exit 0
fi
# What most tests wait for comes first.
[ $# -gt 0 ] || set -- etcd kube-apiserver kubectl promtool prometheus kube-controller-manager helm amtool
missing=
for name in "$@"; do [ -x "$bin/$name" ] || missing="$missing $name"; done
if [ -n "$missing" ]; then
  if ! command -v go >/dev/null; then
    echo "control-plane: cannot build$missing: Go is not installed" >&2
    exit 3
  fi
  mkdir -p "$bin"
  # Two builds at once would only do the work twice: the second waits, then finds it done.
  if command -v flock >/dev/null; then
    exec 9>"$bin/.lock"
    flock 9
  fi
  for name in $missing; do one "$name"; done
fi
echo "$bin"
