/**
 * What all machines share: their life from power-on to cleanup, the console, the readiness line. Not exported. What matters most here: nothing stays
 * behind, however the JVM ends.
 */
@NullMarked
package dev.firstboot.machine.life;

import org.jspecify.annotations.NullMarked;
