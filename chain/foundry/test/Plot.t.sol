// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {FruitManifest} from "../../contracts/FruitManifest.sol";
import {Graft, Plot, Plots} from "../../contracts/Plots.sol";
import {Grove} from "./Grove.sol";

contract PlotTest is Grove {
    function test_APlotIsKeptAsItWasOpened() public view {
        Plot memory kept = orchard.plotOf(plot);
        yes(keccak256(abi.encode(kept)) == keccak256(abi.encode(terms())), "terms");
        yes(keccak256(abi.encode(orchard.graftsOf(plot))) == keccak256(abi.encode(grafts())), "grafts");
        eq(plot, 1, "counted from 1");
        eq(orchard.heldWei(plot), ADOPTION_WEI, "the bond");
        eq(address(orchard).balance, ADOPTION_WEI, "lies here");
        eq(orchard.yieldOf(treeAt(0)), FRUITS, "its grower tends what nobody adopted");
    }

    function test_APlotWithAnythingOutOfRangeIsRefused() public {
        for (uint256 i; i < 14; ++i) {
            Plot memory bad = terms();
            bytes32 key = "key";
            if (i == 0) bad.grower = keeper;
            if (i == 1) key = 0;
            if (i == 2) bad.trees = 0;
            if (i == 3) bad.fruitsPerTree = 0;
            if (i == 4) bad.playTrees = TREES + 1;
            if (i == 5) bad.fruitPriceWei = 0;
            if (i == 6) bad.adoptionPriceWei = FRUITS - 1;
            if (i == 7) bad.lapseBps = 10_001;
            if (i == 8) bad.blossomAt = bad.plantedAt;
            if (i == 9) bad.ripeAt = bad.blossomAt;
            if (i == 10) bad.redeemBy = bad.ripeAt + 7 days - 1;
            if (i == 11) bad.redeemBy = uint40(NOW + 3 * 365 days + 1);
            if (i == 12) bad.variety = 0;
            if (i == 13) bad.variety = 'a","kind":"gold';
            uint256 bond = uint256(bad.playTrees) * bad.adoptionPriceWei;
            vm.deal(grower, 100 ether);
            Graft[] memory none;
            vm.expectPartialRevert(i < 12 ? Plots.PlotInvalid.selector : FruitManifest.BadName.selector);
            vm.prank(grower);
            orchard.openPlot{value: bond}(bad, key, "manifest", none);
        }
    }

    function test_TheBondIsExact() public {
        vm.deal(grower, 100 ether);
        vm.expectPartialRevert(Plots.WrongValue.selector);
        vm.prank(grower);
        orchard.openPlot{value: ADOPTION_WEI - 1}(terms(), "key", "manifest", grafts());
    }

    function test_GraftsAreNamedOnceWithSaneOdds() public {
        vm.deal(grower, 100 ether);
        for (uint256 i; i < 4; ++i) {
            Graft[] memory bad = grafts();
            if (i == 0) bad[1].withVariety = bad[0].withVariety;
            if (i == 1) bad[0].oddsBps = 0;
            if (i == 2) bad[0].oddsBps = 10_001;
            if (i == 3) bad = new Graft[](17);
            vm.expectPartialRevert(Plots.PlotInvalid.selector);
            vm.prank(grower);
            orchard.openPlot{value: ADOPTION_WEI}(terms(), "key", "manifest", bad);
        }
    }

    function testFuzz_ANameHasNoCharacterThatJsonMinds(bytes32 name) public {
        bool good = true;
        bool ended;
        for (uint256 i; i < 32; ++i) {
            bytes1 c = name[i];
            if (c == 0) ended = true;
            else if (ended || !((c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c == "_")) good = false;
        }
        if (name[0] == 0) good = false;
        Plot memory offer = terms();
        offer.variety = name;
        offer.playTrees = 0;
        Graft[] memory none;
        if (!good) vm.expectRevert(abi.encodeWithSelector(FruitManifest.BadName.selector, name));
        vm.prank(grower);
        orchard.openPlot(offer, "key", "manifest", none);
    }

    function test_StagesFollowFromTheTimeAlone() public {
        uint256[6] memory from = [uint256(0), 30 days, 100 days, 122 days, 160 days, 200 days];
        for (uint256 i; i < 6; ++i) {
            until(from[i]);
            eq(uint256(orchard.stageOf(treeAt(0))), i, "stage");
            if (i == 0) continue;
            until(from[i] - 1);
            eq(uint256(orchard.stageOf(treeAt(0))), i - 1, "the stage before");
        }
        vm.expectPartialRevert(Plots.NoSuchTree.selector);
        orchard.stageOf(treeAt(TREES));
        vm.expectPartialRevert(Plots.NoSuchTree.selector);
        orchard.stageOf((plot + 1) << 16);
    }
}
