/** Checks network addresses that callers pass. What matters most here: a wrong address fails at once, with a message about the address. */
@NullMarked
package dev.firstboot.internal.net;

import org.jspecify.annotations.NullMarked;
