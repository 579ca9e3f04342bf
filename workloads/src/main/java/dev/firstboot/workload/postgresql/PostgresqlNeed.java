package dev.firstboot.workload.postgresql;

import dev.firstboot.image.Need;

/** What a recipe can need from {@link Postgresql}: a {@link Database}, or a {@link Parameter} of the server. */
public sealed interface PostgresqlNeed extends Need<PostgresqlNeed> permits Database, Parameter {}
