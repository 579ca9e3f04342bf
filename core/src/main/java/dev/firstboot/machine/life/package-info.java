/** What all machines share: their life from power-on to clean-up, the console, the word of readiness. Not exported. */
@NullMarked
package dev.firstboot.machine.life;

import org.jspecify.annotations.NullMarked;
