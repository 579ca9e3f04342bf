package dev.firstboot.workload.nginx;

import dev.firstboot.image.Need;

/** What a recipe can need of {@link Nginx}: a {@link Site}. */
public sealed interface NginxNeed extends Need<NginxNeed> permits Site {}
