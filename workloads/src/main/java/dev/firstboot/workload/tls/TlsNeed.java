package dev.firstboot.workload.tls;

import dev.firstboot.image.Need;

/** What a recipe can need of {@link Tls}: a {@link Certificate}, or the {@link Acme} authority that all certificates of the machine are asked of. */
public sealed interface TlsNeed extends Need<TlsNeed> permits Certificate, Acme {}
