import { reportSuffix } from './report.ts';

/** «faces.attrlens.json» → «faces-export», the folder that a report is exported to where none is named. */
export function exportFolderName(reportName: string): string {
  const stem = reportName.endsWith(reportSuffix)
    ? reportName.slice(0, -reportSuffix.length)
    : reportName.replace(/\.json$/, '');
  return `${stem === '' ? 'report' : stem}-export`;
}
