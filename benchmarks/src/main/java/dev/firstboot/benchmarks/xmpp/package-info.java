/** Clients of a chat server, as many as it takes. */
@NullMarked
package dev.firstboot.benchmarks.xmpp;

import org.jspecify.annotations.NullMarked;
