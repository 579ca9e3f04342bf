/** Addresses on the network that callers name. */
@NullMarked
package dev.firstboot.internal.net;

import org.jspecify.annotations.NullMarked;
