package dev.firstboot.workload.tls;

import dev.firstboot.image.Need;

/** What a recipe can need from {@link Tls}: a {@link Certificate}, or the {@link Acme} authority for all certificates of the machine. */
public sealed interface TlsNeed extends Need<TlsNeed> permits Certificate, Acme {}
