/**
 * JSON for records, by convention instead of annotations, so that no other package sees Jackson: a record is an object; a record of one
 * scalar is that scalar; a record that belongs to a sealed interface says which in the field {@code kind}. Not exported.
 */
@NullMarked
package dev.firstboot.internal.json;

import org.jspecify.annotations.NullMarked;
