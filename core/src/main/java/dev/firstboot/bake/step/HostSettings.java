package dev.firstboot.bake.step;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What steps need to know of the host and of what its owner wants. None of it changes what they make, but for the step that chooses versions.
 *
 * @param mirrorOrNull the Debian archive to install from; none for what the host's own apt uses
 * @param securityMirrorOrNull the archive with Debian's security updates; none for what the host's own apt uses
 * @param proxyOrNull the HTTP proxy for all downloads; none for what the host's own apt uses
 * @param clock tells when versions are asked for
 * @param pinnedOrNull the versions to take; none for those that the archive has now
 */
public record HostSettings(
        @Nullable URI mirrorOrNull,
        @Nullable URI securityMirrorOrNull,
        @Nullable URI proxyOrNull,
        Clock clock,
        @Nullable PinnedVersions pinnedOrNull) {
    /** Nothing but what the host's own apt uses. */
    public static HostSettings usual() {
        return new HostSettings(null, null, null, Clock.systemUTC(), null);
    }

    /** The same with a proxy. */
    public HostSettings withProxy(URI proxy) {
        return new HostSettings(mirrorOrNull, securityMirrorOrNull, proxy, clock, pinnedOrNull);
    }

    public Optional<URI> mirror() {
        return Optional.ofNullable(mirrorOrNull);
    }

    public Optional<URI> securityMirror() {
        return Optional.ofNullable(securityMirrorOrNull);
    }

    public Optional<URI> proxy() {
        return Optional.ofNullable(proxyOrNull);
    }

    public Optional<PinnedVersions> pinned() {
        return Optional.ofNullable(pinnedOrNull);
    }
}
