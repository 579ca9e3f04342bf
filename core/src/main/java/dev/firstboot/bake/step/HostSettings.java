package dev.firstboot.bake.step;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What steps need to know of the host; none of it changes what they make.
 *
 * @param mirrorOrNull the Debian archive to install from; none for what the host's own apt uses
 * @param proxyOrNull the HTTP proxy for all downloads; none for what the host's own apt uses
 */
public record HostSettings(
        @Nullable URI mirrorOrNull, @Nullable URI proxyOrNull) {
    public Optional<URI> mirror() {
        return Optional.ofNullable(mirrorOrNull);
    }

    public Optional<URI> proxy() {
        return Optional.ofNullable(proxyOrNull);
    }
}
