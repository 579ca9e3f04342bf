package dev.firstboot.advisory;

import dev.firstboot.image.ByteSize;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads an HTTP body up to a number of bytes, and fails if there is more. */
final class Limited<T> implements BodySubscriber<T> {
    private final BodySubscriber<T> taker;
    private final ByteSize limit;
    private long taken;
    private Flow.@Nullable Subscription subscription;

    Limited(BodySubscriber<T> taker, ByteSize limit) {
        this.taker = taker;
        this.limit = limit;
    }

    @Override
    public CompletionStage<T> getBody() {
        return taker.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        taker.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
        taken += parts.stream().mapToLong(ByteBuffer::remaining).sum();
        if (taken <= limit.bytes()) {
            taker.onNext(parts);
        } else if (subscription != null) {
            subscription.cancel();
            taker.onError(new IOException("it is larger than " + limit));
        }
    }

    @Override
    public void onError(Throwable failure) {
        taker.onError(failure);
    }

    @Override
    public void onComplete() {
        taker.onComplete();
    }
}
