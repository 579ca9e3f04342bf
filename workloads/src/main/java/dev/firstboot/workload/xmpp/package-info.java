/**
 * An XMPP server with everything it needs, as a workload: {@link dev.firstboot.workload.xmpp.Xmpp#cluster(String)}.
 *
 * <p>Not promised: the paths and texts of the files that the recipe puts into an image, and the modules ejabberd runs; what they
 * do for a client is.
 */
@NullMarked
package dev.firstboot.workload.xmpp;

import org.jspecify.annotations.NullMarked;
