package dev.firstboot.bake.step;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What steps need to know about the host and its owner's settings. None of it changes their results, except in the step that chooses versions.
 *
 * @param mirrorOrNull the Debian archive to install from; null for the one that the host's apt uses
 * @param securityMirrorOrNull the archive with Debian's security updates; null for the one that the host's apt uses
 * @param proxyOrNull the HTTP proxy for all downloads; null for the one that the host's apt uses
 * @param clock the clock for the date of resolved versions
 * @param pinnedOrNull the versions to take; null for those that the archive has now
 */
public record HostSettings(
        @Nullable URI mirrorOrNull,
        @Nullable URI securityMirrorOrNull,
        @Nullable URI proxyOrNull,
        Clock clock,
        @Nullable PinnedVersions pinnedOrNull) {
    /** Returns the settings of the host's own apt. */
    public static HostSettings usual() {
        return new HostSettings(null, null, null, Clock.systemUTC(), null);
    }

    /** Returns a copy with a proxy. */
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
