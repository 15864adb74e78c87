// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Campaign} from "../../contracts/Campaign.sol";
import {Pick} from "../../contracts/Harvest.sol";
import {Grove} from "./Grove.sol";

/// @notice What the orchard's common acts cost, as whole transactions.
/// forge-config: default.isolate = true
contract OrchardGasTest is Grove {
    function test_Water() public {
        adoptAs(buyer, treeAt(0));
        vm.prank(buyer);
        orchard.water(treeAt(0), 1);
        vm.prank(buyer);
        orchard.water(treeAt(0), 3);
        note("water a tree again", 45_000);
    }

    function test_PickOneKind() public {
        ripe();
        pickAs(buyer, treeAt(0), 4, 0);
        note("pick one kind", 210_000);
    }

    function test_BuyOfFourTreesAtTheScale() public {
        until(RIPE);
        Pick[] memory lines = new Pick[](4);
        for (uint256 i; i < 4; ++i) lines[i] = Pick(treeAt(i), 2, 0);
        vm.deal(buyer, 1 ether);
        vm.prank(buyer);
        orchard.buy{value: 8 * FRUIT_WEI}(plot, lines);
        note("buy of four trees", 700_000);
    }

    function test_Redeem() public {
        ripe();
        pickAs(buyer, treeAt(0), 4, 0);
        uint256 fruit = fruitOf(treeAt(0), true, "loquat_dawn");
        vm.prank(buyer);
        goods.safeTransferFrom(buyer, address(orchard), fruit, 4, abi.encode(COMMIT));
        note("redeem one kind", 260_000);
    }

    function test_Confirm() public {
        uint256 delivery = reach(Campaign.State.Shipped);
        act(buyer, Campaign.confirm.selector, delivery);
        note("confirm a delivery", 90_000);
    }

    function ripe() private {
        adoptAs(buyer, treeAt(0));
        waterFully(buyer, treeAt(0));
        until(RIPE);
    }

    /// @dev Notes what the last call cost, as a transaction of its own, and holds it to the figure.
    function note(string memory name, uint256 most) private {
        uint256 gas_ = vm.snapshotGasLastCall(name);
        yes(gas_ > 21_000, "a whole transaction was measured");
        yes(gas_ <= most, string.concat(name, ": ", vm.toString(gas_)));
    }
}
