import { App } from 'cdk8s';
import platform from '../../main';

App.of(platform).synth();
