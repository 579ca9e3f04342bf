package dev.firstboot.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import org.junit.jupiter.api.Test;

class LoaderEntryTest {
    private final LoaderEntry entry = LoaderEntry.of("chat", Release.DEBIAN_13);

    @Test
    void text_ofAnImage_bootsItsOwnKernelAndDataset() {
        assertThat(entry.text()).isEqualTo("""
                title chat (Debian 13)
                sort-key firstboot
                linux /original/vmlinuz
                initrd /original/initrd.img
                options root=ZFS=rpool/ROOT/original rw console=tty0 console=ttyS0,115200 no_timer_check quiet loglevel=4 systemd.show_status=1
                """);
    }

    @Test
    void loaderConfiguration_always_bootsThatEntryAtOnce() {
        assertThat(entry.loaderConfiguration()).isEqualTo("default original.conf\ntimeout 0\neditor no\n");
    }
}
