package dev.firstboot.zfs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A test that needs live ZFS. The build leaves it out on the host and runs it in a guest that has ZFS ({@code dev.firstboot.ring} of core), where it may not be
 * skipped; elsewhere, as in an IDE, it is skipped where there is no ZFS.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("live")
@EnabledIf("dev.firstboot.zfs.Zfs#isAvailable")
public @interface LiveZfs {}
