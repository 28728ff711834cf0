// What Serving's own parsers say of its ConfigMaps, as its webhook asks them: ConfigMaps as lines of JSON on standard input, and for each a line
// with what is refused. A test builds it with the modules of the oracle `serving`, whose program knows some of the parsers alone.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	network "knative.dev/networking/pkg/config"
	"knative.dev/pkg/leaderelection"
	"knative.dev/pkg/logging"
	defaults "knative.dev/serving/pkg/apis/config"
	autoscaler "knative.dev/serving/pkg/autoscaler/config"
	"knative.dev/serving/pkg/deployment"
	"knative.dev/serving/pkg/gc"
	observability "knative.dev/serving/pkg/observability/configmap"
	certificate "knative.dev/serving/pkg/reconciler/certificate/config"
	route "knative.dev/serving/pkg/reconciler/route/config"
)

func refusal[Config any](parse func(*corev1.ConfigMap) (Config, error)) func(*corev1.ConfigMap) error {
	return func(configMap *corev1.ConfigMap) error {
		_, err := parse(configMap)
		return err
	}
}

var parsers = map[string]func(*corev1.ConfigMap) error{
	"config-autoscaler":      refusal(autoscaler.NewConfigFromConfigMap),
	"config-certmanager":     refusal(certificate.NewCertManagerConfigFromConfigMap),
	"config-defaults":        refusal(defaults.NewDefaultsConfigFromConfigMap),
	"config-deployment":      refusal(deployment.NewConfigFromConfigMap),
	"config-domain":          refusal(route.NewDomainFromConfigMap),
	"config-features":        refusal(defaults.NewFeaturesConfigFromConfigMap),
	"config-gc":              refusal(gc.NewConfigFromConfigMapFunc(context.Background())),
	"config-leader-election": refusal(leaderelection.NewConfigFromConfigMap),
	"config-logging":         refusal(logging.NewConfigFromConfigMap),
	"config-network":         refusal(network.NewConfigFromConfigMap),
	"config-observability":   refusal(observability.Parse),
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	answers := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var configMap corev1.ConfigMap
		answer := struct{ Error string }{}
		if err := json.Unmarshal(lines.Bytes(), &configMap); err != nil {
			answer.Error = err.Error()
		} else if parse, ok := parsers[configMap.Name]; !ok {
			answer.Error = fmt.Sprintf("no parser for %q", configMap.Name)
		} else if err := parse(&configMap); err != nil {
			answer.Error = err.Error()
		}
		if err := answers.Encode(answer); err != nil {
			panic(err)
		}
	}
}
