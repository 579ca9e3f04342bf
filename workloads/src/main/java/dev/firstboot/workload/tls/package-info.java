/**
 * Certificates as a service that recipes share: {@link dev.firstboot.workload.tls.Tls#certificate(String)}. It values, in this order: a certificate
 * that always exists, keys that nobody else can read, and clients that need not trust anything new.
 *
 * <p>Not guaranteed: the paths of scripts and settings. The path of a certificate is {@link dev.firstboot.workload.tls.Certificate#file()}.
 */
@NullMarked
package dev.firstboot.workload.tls;

import org.jspecify.annotations.NullMarked;
