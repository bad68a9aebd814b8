import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/baseCommand.js';
import { runSteps } from '../cli/progress.js';
import { builderNames } from '../delivery/build/builder.js';
import { buildTargets, type BuildTarget } from '../delivery/build/buildTargets.js';
import { imageServices } from '../delivery/build/imageReference.js';
import type { BuildPlan } from '../delivery/build/planBuild.js';
import type { BuildResult } from '../delivery/build/runBuild.js';

interface BuildPreview {
  dryRun: true;
  images: { service: string; reference: string }[];
  chart: string | null;
  tag: string;
  builder: string | null;
  /** What would be run, line by line for a shell. */
  commands: string[];
}

export default class Build extends BaseCommand<typeof Build> {
  static override summary = 'Build the five images and the chart, and push them';
  static override description = `Builds the images from the sources of a clone with docker, podman or buildah, whichever works here first. Without --tag they are named by version and commit.
With --push they go to the registry when all are built; what the builder is logged in to is used, or SPIKE_REGISTRY_USERNAME and SPIKE_REGISTRY_PASSWORD.
The chart's values name the same registry and tag, and its file is the same bytes each time. See docs/delivery.md.`;
  static override examples = [
    '<%= config.bin %> build images',
    '<%= config.bin %> build all --registry registry.example.com/shop --tag 1.4.0 --push',
    '<%= config.bin %> build images --service order --builder buildah --platform linux/arm64',
    '<%= config.bin %> build chart --chart-version 1.4.0 --out dist',
    {
      description: 'The commands that would be run, for a shell:',
      command: '<%= config.bin %> build images --builder docker --dry-run',
    },
  ];
  static override args = {
    target: Args.string({ options: [...buildTargets], default: 'all', description: 'What to build' }),
  };
  static override flags = {
    registry: Flags.string({
      env: 'SPIKE_REGISTRY',
      helpValue: 'HOST[:PORT][/PATH]',
      description: 'Where the images belong (default: this machine)',
    }),
    tag: Flags.string({
      char: 't',
      helpValue: 'TAG',
      description: 'The tag of the images (default: version and commit)',
    }),
    push: Flags.boolean({ description: 'Push the images when all are built' }),
    'insecure-registry': Flags.boolean({ description: 'Push over http, or https that cannot be verified' }),
    builder: Flags.option({
      options: builderNames,
      env: 'SPIKE_BUILDER',
      description: 'What to build with (default: the first of them that works)',
    })(),
    'builder-option': Flags.string({
      multiple: true,
      helpValue: 'OPTION',
      description: "An option of the builder's own build command; can be given again",
    }),
    service: Flags.option({
      options: imageServices,
      multiple: true,
      description: 'Only the image of this service; can be given again',
    })(),
    platform: Flags.string({
      multiple: true,
      helpValue: 'linux/arm64',
      description: 'For another machine than this one; can be given again',
    }),
    'node-image': Flags.string({
      helpValue: 'IMAGE',
      description: 'What to build on (default: Node in the version that the package pins)',
    }),
    pull: Flags.boolean({ description: 'Look for a newer base image first' }),
    'cache-from': Flags.string({
      multiple: true,
      helpValue: 'REF',
      description: 'Take unchanged layers from there; can be given again',
    }),
    'cache-to': Flags.string({
      multiple: true,
      helpValue: 'REF',
      description: 'Put layers there for the next build; can be given again',
    }),
    npmrc: Flags.string({
      helpValue: 'FILE',
      description: "npm's settings for a private registry; they stay out of the images",
    }),
    source: Flags.string({
      helpValue: 'FOLDER',
      description: 'The clone to build from (default: the one of spikectl)',
    }),
    'chart-version': Flags.string({
      helpValue: '1.4.0',
      description: "The chart's version (default: the version of spikectl)",
    }),
    out: Flags.string({ char: 'o', default: '.', helpValue: 'FOLDER', description: 'Where the chart goes' }),
    'dry-run': Flags.boolean({ description: 'Only print what would be run' }),
  };

  async run(): Promise<BuildResult | BuildPreview> {
    const { planBuild } = await import('../delivery/build/planBuild.js');
    const plan = await planBuild({
      target: this.args.target as BuildTarget,
      source: this.flags.source ?? this.config.root,
      flags: this.flags,
      signal: this.signal,
    });
    for (const warning of plan.warnings) this.out.warn(warning);
    return this.flags['dry-run'] ? this.preview(plan) : this.build(plan);
  }

  private async build(plan: BuildPlan): Promise<BuildResult> {
    const { readSettingsFile } = await import('../cli/loadSettings.js');
    const { runBuild } = await import('../delivery/build/runBuild.js');
    const { values } = await readSettingsFile();
    const build = runBuild({
      plan,
      named: this.flags.builder,
      chartFolder: this.flags.out,
      sources: { flags: {}, environment: process.env, file: values },
      signal: this.signal,
      say: (text) => this.out.info(text),
      runSteps: (steps) => runSteps(steps, this.out),
    });
    // What was begun is taken away before the process ends.
    this.onInterrupt(async () => void (await Promise.allSettled([build])));
    const result = await build;
    for (const { reference, id, digest } of result.images) {
      this.out.result(digest === null ? reference : `${reference}@${digest}`);
      this.out.detail(`  ${id}`);
    }
    if (result.chart !== null) this.out.result(result.chart);
    return result;
  }

  /** A builder that is named need not be here: the script may be meant for another machine. */
  private async preview(plan: BuildPlan): Promise<BuildPreview> {
    const { buildScript, plannedChart } = await import('../delivery/build/buildScript.js');
    const { findBuilder } = await import('../delivery/build/findBuilder.js');
    const builder =
      plan.images.length === 0
        ? null
        : (this.flags.builder ?? (await findBuilder({ named: undefined, signal: this.signal })).builder.name);
    const commands = builder === null ? [] : buildScript(plan, builder);
    const chart = plannedChart(plan, this.flags.out);
    for (const command of commands) this.out.result(command);
    if (chart !== null) this.out.info(`The chart would be written to ${chart}.`);
    return { dryRun: true, images: [...plan.images], chart, tag: plan.tag, builder, commands };
  }
}
