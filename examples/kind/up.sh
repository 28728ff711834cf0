#!/usr/bin/env bash
# From nothing to the greeting: a cluster in Docker, the platform, and a request to it. It stops at the first failure,
# and can be run again: what is there is left as it is, or made the same again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

context=kind-knitmesh
app=examples/kind/main.ts
# v0.8.1, by its commit: a tag can be moved, and Git checks what it fetches against this sum.
metrics_server='https://github.com/kubernetes-sigs/metrics-server/manifests/overlays/release?ref=9ce65a47f9262e19e482c259ace815f01135a898'

step() { printf '\n== %s\n' "$1"; }
fail() {
  printf 'error %s\n' "$1" >&2
  exit 2
}

missing=()
for program in docker kind kubectl git npm curl; do
  command -v "$program" >/dev/null || missing+=("$program")
done
[ ${#missing[@]} -eq 0 ] || fail "missing: ${missing[*]}: examples/kind/README.md says where from"
docker info >/dev/null 2>&1 || fail 'docker: no engine answers: start it, or give this user access to it'

step 'a cluster of Kubernetes 1.34, unless it is there'
if kind get clusters 2>/dev/null | grep -x knitmesh >/dev/null; then
  kubectl --context "$context" get nodes
else
  kind create cluster --config examples/kind/cluster.yaml --wait 3m
fi

step 'metrics-server, by which the autoscalers of Knative know the load: kind has none'
kubectl --context "$context" apply --kustomize "$metrics_server"
kubectl --context "$context" --namespace kube-system patch deployment metrics-server --type json \
  --patch '[{"op":"add","path":"/spec/template/spec/containers/0/args/-","value":"--kubelet-insecure-tls"}]'
kubectl --context "$context" --namespace kube-system rollout status deployment metrics-server --timeout 3m

step "the mesh's identity, unless it is there: certs/ to commit, secrets/ to keep"
if [ -d secrets ]; then echo 'secrets/ is there'; else npm run --silent certs; fi

step 'the platform as YAML, to read: examples/kind/dist/'
npm run --silent synth -- --app "$app" --dist examples/kind/dist

step 'the platform to the cluster, phase by phase, each awaited'
npm run --silent apply -- --app "$app" --context "$context" --timeout 10m --yes

step 'is all there, in the mesh, and secured?'
npm run --silent verify -- --app "$app" --context "$context"

step 'a request through Ambassador'
curl --fail --silent --show-error --retry 20 --retry-delay 3 --retry-all-errors --max-time 20 \
  --header 'Host: helloworld-go.default.example.com' http://127.0.0.1:8080
