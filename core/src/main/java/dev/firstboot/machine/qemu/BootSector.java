package dev.firstboot.machine.qemu;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A disk of one sector whose program shows that a virtual processor really runs: it enters 64-bit mode with paging, counts for a moment and signals
 * QEMU's debug-exit device. A half-working processor passes the first instructions of a boot and then hangs, so entering 64-bit mode is the real
 * test.
 */
final class BootSector {
    /** QEMU's exit status when the program has run: the written value, doubled, plus one. */
    static final int EXIT = 0x2a * 2 + 1;

    private static final int ORIGIN = 0x7c00;
    private static final int SIZE = 512;

    private static final String PROGRAM = """
            fa                  ; cli
            31 c0               ; xor ax, ax
            8e d8               ; mov ds, ax
            8e c0               ; mov es, ax
            8e d0               ; mov ss, ax
            bc 00 7c            ; mov sp, 7c00
            bf 00 10            ; mov di, 1000       three page tables from 1000 to 4000
            b9 00 18            ; mov cx, 1800
            fc                  ; cld
            f3 ab               ; rep stosw
            c7 06 00 10 03 20   ; mov word [1000], 2003   level 4 -> level 3
            c7 06 00 20 03 30   ; mov word [2000], 3003   level 3 -> level 2
            c7 06 00 30 83 00   ; mov word [3000], 0083   one page of 2 MiB at 0
            e4 92               ; in al, 92
            0c 02               ; or al, 2                address line 20 on
            e6 92               ; out 92, al
            66 b8 a0 00 00 00   ; mov eax, a0
            0f 22 e0            ; mov cr4, eax            PAE, PGE
            66 b8 00 10 00 00   ; mov eax, 1000
            0f 22 d8            ; mov cr3, eax
            66 b9 80 00 00 c0   ; mov ecx, c0000080
            0f 32               ; rdmsr
            66 0d 00 01 00 00   ; or eax, 100
            0f 30               ; wrmsr                   EFER.LME
            66 0f 01 16 90 7c   ; lgdt [7c90]
            0f 20 c0            ; mov eax, cr0
            66 0d 01 00 00 80   ; or eax, 80000001
            0f 22 c0            ; mov cr0, eax            protected, paging: 64-bit mode
            ea 66 7c 08 00      ; jmp 8:7c66
            b9 00 00 00 01      ; mov ecx, 1000000        (7c66)
            ff c9               ; dec ecx
            75 fc               ; jnz -2
            b0 2a               ; mov al, 2a
            66 ba f4 00         ; mov dx, f4
            ee                  ; out dx, al
            f4                  ; hlt
            eb fd               ; jmp -1
            """;

    /** At 7c80: an empty descriptor and one for 64-bit code; at 7c90 the table's limit and address. */
    private static final String TABLE = "0000000000000000 00000000009a2000 0f00 807c0000";

    private BootSector() {}

    static byte[] bytes() {
        byte[] sector = new byte[SIZE];
        byte[] program = HexFormat.of()
                .parseHex(PROGRAM.lines()
                        .map(line -> line.substring(0, line.indexOf(';')))
                        .reduce("", String::concat)
                        .replace(" ", ""));
        byte[] table = HexFormat.of().parseHex(TABLE.replace(" ", ""));
        System.arraycopy(program, 0, sector, 0, program.length);
        System.arraycopy(table, 0, sector, 0x7c80 - ORIGIN, table.length);
        sector[SIZE - 2] = 0x55;
        sector[SIZE - 1] = (byte) 0xaa;
        return sector;
    }

    /** Returns where the program ends; the table must be after it. */
    static int programLength() {
        byte[] sector = Arrays.copyOf(bytes(), 0x7c80 - ORIGIN);
        int end = sector.length;
        while (end > 0 && sector[end - 1] == 0) {
            end--;
        }
        return end;
    }
}
