package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.machine.MachineException;
import org.junit.jupiter.api.Test;

class SubnetTest {
    @Test
    void anyBut_taken_isNotChosen() {
        StringBuilder taken = new StringBuilder();
        for (int i = 0; i < 512; i++) {
            if (i != 300) {
                taken.append("inet ").append(new Subnet(i).address(1)).append("/24\n");
            }
        }
        assertThat(Subnet.anyBut(taken.toString())).isEqualTo(new Subnet(300)).hasToString("198.19.44.0/24");
        assertThatThrownBy(() -> Subnet.anyBut(taken + "198.19.44.0/24 via 10.0.0.1"))
                .isInstanceOf(MachineException.class);
    }
}
