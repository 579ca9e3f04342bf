/**
 * A complete XMPP server as a workload: {@link dev.firstboot.workload.xmpp.Xmpp#cluster(String)}. What matters most: what the service does for a
 * client, which on Debian 13 is the level "advanced server" of XEP-0479.
 *
 * <p>Not guaranteed: the paths and texts of the files that the recipe puts into an image, and the modules that ejabberd runs. What they do for a
 * client is guaranteed.
 */
@NullMarked
package dev.firstboot.workload.xmpp;

import org.jspecify.annotations.NullMarked;
