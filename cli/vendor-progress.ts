import { Presets, SingleBar } from 'cli-progress';
import type { VendorEvent } from '../lib/releases/vendor';
import { writeLines } from './terminal';

/** Shows how vendoring goes on. */
export interface VendorProgress {
  readonly onEvent: (event: VendorEvent) => void;
  readonly stop: () => void;
}

const WAITING = 'waiting until another npm run vendor has ended';

/** A bar on a terminal, a line for each file elsewhere. */
export function vendorProgress(stream: NodeJS.WriteStream): VendorProgress {
  return stream.isTTY ? progressBar(stream) : progressLines(stream);
}

function progressBar(stream: NodeJS.WriteStream): VendorProgress {
  const bar = new SingleBar(
    { stream, format: '{bar} {value}/{total} files, {size}', clearOnComplete: true },
    Presets.shades_classic,
  );
  let bytes = 0;
  const size = (): { size: string } => ({ size: `${(bytes / 1e6).toFixed(1)} MB` });
  return {
    onEvent: (event) => {
      if (event.type === 'begin') bar.start(event.files, 0, size());
      else if (event.type === 'wait') writeLines(stream, [WAITING]);
      else if (event.type === 'file') bar.increment(1, size());
      else {
        bytes += event.count;
        bar.update(size());
      }
    },
    stop: () => {
      bar.stop();
    },
  };
}

function progressLines(stream: NodeJS.WriteStream): VendorProgress {
  return {
    onEvent: (event) => {
      if (event.type === 'wait') writeLines(stream, [WAITING]);
      // The error of a file that failed follows, with all others.
      if (event.type !== 'file' || event.state === 'failed') return;
      writeLines(stream, [`${event.state} ${event.file}${event.from === undefined ? '' : ` from ${event.from}`}`]);
    },
    stop: () => undefined,
  };
}
