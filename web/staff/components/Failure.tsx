import { common } from '../text/common.js';
import { failureText } from '../text/failureText.js';
import { Button } from './Button.js';

/** Why something could not be done or seen. */
export function Failure({ failure, onRetry }: { failure: unknown; onRetry?: () => void }) {
  if (failure === undefined) return null;
  return (
    <div class="failure" role="alert">
      <p>{failureText(failure)}</p>
      {onRetry !== undefined && (
        <Button kind="quiet" onPress={onRetry}>
          {common.tryAgain}
        </Button>
      )}
    </div>
  );
}
