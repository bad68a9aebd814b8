import type { Change } from '../desk/question.js';
import { common } from '../text/common.js';

/** What becomes what. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <table class="changes">
      <caption class="visually-hidden">{common.change}</caption>
      <thead class="visually-hidden">
        <tr>
          <td />
          <th scope="col">{common.before}</th>
          <th scope="col">{common.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ label, before, after }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td class="before">{before}</td>
            <td class="after">{after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
