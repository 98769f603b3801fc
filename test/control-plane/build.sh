#!/bin/sh
# Builds the real control plane for tests, once, into the user's cache folder.
#
#   build.sh [NAME...]      all binaries, or only the named ones
#   build.sh --print-path   only says where they go
#
# stdout: the folders of the binaries, joined as in PATH, when all that was asked for is there. stderr: one line a binary.
# Exit codes: 0 there, 1 a build failed, 2 wrong arguments, 3 Go is missing.
set -eu
cd "$(dirname "$0")"

modules="etcd kubernetes prometheus alertmanager thanos helm prometheus-operator"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/stoker/control-plane"

# A folder a module, named by its versions: a change of one leaves what the others built. locate.ts computes the same.
folder_of() {
  key=$(cat "$1/go.mod" "$1/go.sum" | { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; } | cut -c1-16)
  echo "$cache/$1-$key"
}

module_of() {
  case $1 in
  etcd | prometheus | alertmanager | thanos | helm | prometheus-operator) echo "$1" ;;
  kube-apiserver | kube-controller-manager | kubectl) echo kubernetes ;;
  promtool) echo prometheus ;;
  amtool) echo alertmanager ;;
  *)
    echo "control-plane: there is no binary $1 to build" >&2
    exit 2
    ;;
  esac
}

path=
for module in $modules; do path="$path${path:+:}$(folder_of "$module")"; done

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

thanos_flags() {
  printf -- '-X github.com/prometheus/common/version.Version=%s' "$(version_of thanos github.com/thanos-io/thanos)"
}

# Without it helm calls itself by major and minor version alone.
helm_flags() {
  printf -- '-X helm.sh/helm/v4/internal/version.version=v%s' "$(version_of helm helm.sh/helm/v4)"
}

# Alertmanager's module lacks the built user interface that the server embeds: in a copy of it, empty pages stand there.
# alertmanager_modfile FOLDER: makes the copy there, and prints the go.mod that names it.
alertmanager_modfile() {
  (cd alertmanager && go mod download github.com/prometheus/alertmanager) >&2
  rm -rf "$1"
  mkdir -p "$1"
  cp alertmanager/go.mod alertmanager/go.sum "$1/"
  cp -R "$(cd alertmanager && go list -m -f '{{.Dir}}' github.com/prometheus/alertmanager)" "$1/module"
  chmod -R u+w "$1/module"
  for pages in elm mantine; do
    mkdir -p "$1/module/ui/app/dist/$pages"
    : >"$1/module/ui/app/dist/$pages/index.html"
  done
  go mod edit -replace "github.com/prometheus/alertmanager=$1/module" "$1/go.mod"
  echo "$1/go.mod"
}

# build NAME PACKAGE LDFLAGS [FLAG...]: into a temporary name first, so that what is there is whole.
build() {
  name=$1 package=$2 ldflags=$3
  shift 3
  start=$(date +%s)
  if ! (cd "$module" && CGO_ENABLED=0 nice -n 10 go build -p 2 -mod=readonly -trimpath -buildvcs=false \
    -ldflags "-s -w $ldflags" -o "$folder/.$name.$$" "$@" "$package"); then
    rm -f "$folder/.$name.$$"
    echo "control-plane: building $name failed" >&2
    exit 1
  fi
  mv -f "$folder/.$name.$$" "$folder/$name"
  echo "control-plane: $name built in $(($(date +%s) - start)) s" >&2
}

one() {
  module=$(module_of "$1")
  folder=$(folder_of "$module")
  [ ! -x "$folder/$1" ] || return 0
  mkdir -p "$folder"
  case $1 in
  etcd) build "$1" go.etcd.io/etcd/server/v3 "" ;;
  kube-apiserver | kube-controller-manager | kubectl) build "$1" "k8s.io/kubernetes/cmd/$1" "$(kubernetes_flags)" ;;
  prometheus | promtool) build "$1" "github.com/prometheus/prometheus/cmd/$1" "$(prometheus_flags)" ;;
  amtool) build "$1" "github.com/prometheus/alertmanager/cmd/$1" "$(alertmanager_flags)" ;;
  alertmanager)
    modfile=$(alertmanager_modfile "$folder/.source")
    build "$1" "github.com/prometheus/alertmanager/cmd/$1" "$(alertmanager_flags)" "-modfile=$modfile"
    rm -rf "$folder/.source"
    ;;
  thanos) build "$1" github.com/thanos-io/thanos/cmd/thanos "$(thanos_flags)" ;;
  helm) build "$1" helm.sh/helm/v4/cmd/helm "$(helm_flags)" ;;
  # The reference, which the bench is compared with: built when it is asked for.
  prometheus-operator) build "$1" github.com/prometheus-operator/prometheus-operator/cmd/operator "" ;;
  esac
}

if [ "${1:-}" = --print-path ]; then
  echo "$path"
  exit 0
fi
# What most tests wait for comes first.
[ $# -gt 0 ] || set -- etcd kube-apiserver kubectl promtool prometheus kube-controller-manager helm amtool alertmanager thanos
missing=
for name in "$@"; do
  module=$(module_of "$name")
  [ -x "$(folder_of "$module")/$name" ] || missing="$missing $name"
done
if [ -n "$missing" ]; then
  if ! command -v go >/dev/null; then
    echo "control-plane: cannot build$missing: Go is not installed" >&2
    exit 3
  fi
  mkdir -p "$cache"
  # Two builds at once would only do the work twice: the second waits, then finds it done.
  if command -v flock >/dev/null; then
    exec 9>"$cache/.lock"
    flock 9
  fi
  for name in $missing; do one "$name"; done
fi
echo "$path"
