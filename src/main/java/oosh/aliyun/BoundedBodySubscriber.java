package oosh.aliyun;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * An answer's bytes, up to a limit: beyond it the answer is given up, not the memory.
 *
 * <p>A JSON text beyond {@value #MAX_TEXT} bytes arrives as an empty one. OOS joins the outputs of
 * all instances in those of their execution, 24 KB each (assumed: no limit of theirs is
 * documented), and an execution on a thousand would hide all others of its page behind them; each
 * is asked for where it is wanted, at its own instance.
 */
public final class BoundedBodySubscriber implements BodySubscriber<byte[]> {
  /** The answer went on beyond the limit. */
  public static final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** In bytes, as they are written. */
  static final int MAX_TEXT = 1024 * 1024;

  /** How much may come for what is kept: texts that are passed over cost time only. */
  private static final int RECEIVED_FOR_KEPT = 8;

  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private final int limit;
  private byte[] kept = new byte[8192];
  private int size;
  private long received;
  private boolean inText;
  private boolean escaped;
  private boolean passedOver;
  private int textStart;
  private Flow.@Nullable Subscription subscription;

  /**
   * @param limit in bytes, of what is kept
   */
  public BoundedBodySubscriber(int limit) {
    this.limit = limit;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription s) {
    subscription = s;
    s.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> items) {
    for (ByteBuffer item : items) {
      received += item.remaining();
      while (item.hasRemaining()) {
        take(item.get());
      }
      if (size > limit || received > (long) limit * RECEIVED_FOR_KEPT) {
        if (subscription != null) {
          subscription.cancel();
        }
        body.completeExceptionally(new BodyTooLargeException());
        return;
      }
    }
  }

  private void take(byte b) {
    if (!inText) {
      keep(b);
      inText = b == '"';
      textStart = size;
      return;
    }
    boolean ends = b == '"' && !escaped;
    escaped = b == '\\' && !escaped;
    if (ends) {
      inText = false;
      passedOver = false;
      keep(b);
    } else if (!passedOver) {
      keep(b);
      if (size - textStart > MAX_TEXT) {
        passedOver = true;
        size = textStart;
      }
    }
  }

  private void keep(byte b) {
    if (size == kept.length) {
      kept = Arrays.copyOf(kept, size * 2);
    }
    kept[size++] = b;
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(Arrays.copyOf(kept, size));
  }
}
