/**
 * JSON for records, by convention instead of annotations. A record is an object; a record with one scalar is that scalar; a record of a sealed
 * interface names its type in the field {@code kind}. What matters most here: no other package sees Jackson. Not exported.
 */
@NullMarked
package dev.firstboot.internal.json;

import org.jspecify.annotations.NullMarked;
