import type { SampleJob } from '../../protocol/jobs.ts';
import { settingPrefix } from '../../protocol/settings.ts';

export function sampleSettings(model: string): string {
  const settings = { [`${settingPrefix}.dataset`]: '.', [`${settingPrefix}.models`]: [model] };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

export function sampleReadme(job: SampleJob): string {
  const nImages = job.identities * job.imagesPerIdentity;
  return `# Attribute Lens sample

${nImages} drawn faces of ${job.identities} people (seed ${job.seed}), ${job.imagesPerIdentity} pictures each. Nobody in them exists.

- \`img_align_celeba/\` holds the pictures, 178 × 218, aligned as in CelebA.
- \`Anno/\` holds their attributes and identities in CelebA's format. \`Coin_Flip\` was drawn by a coin and is seen nowhere: it shows what an attribute looks like that no model can know.
- \`models/fisherfaces.onnx\` was learned from these same pictures, so it knows these people better than it would know others.

In VS Code: open this folder and run **Attribute Lens: Analyze Attributes…** from the command palette. In a shell: \`attribute-lens analyze --settings .vscode/settings.json\`.
`;
}
